import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './run-git.ts';

/** Outranks every `.gitattributes` of a tree: a checkout writes the bytes of the commit, whatever a repository asks for. */
const attributes = '* !text !eol !crlf !ident !filter !working-tree-encoding !diff !merge\n';

/** Makes the bare store of a project at `store` (absolute path), or leaves the one that is there. `main` is its branch; no commit yet. */
export async function createStore(store: string): Promise<void> {
  await mkdir(store, { recursive: true, mode: 0o700 });
  await runGit({ store, args: ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', '--object-format=sha1'] });
  await mkdir(join(store, 'info'), { recursive: true });
  await writeFile(join(store, 'info', 'attributes'), attributes);
}
