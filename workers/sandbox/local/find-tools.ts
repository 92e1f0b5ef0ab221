import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalSandboxTools } from './create-local-sandbox.ts';
import { findProgram } from './walls/machine-view.ts';

/** The sandbox's programs on the PATH, else in the Debian packages that the launcher unpacked into its own folder. */
export function findSandboxTools(folder: string, environment: NodeJS.ProcessEnv = process.env): LocalSandboxTools {
  const find = (name: string, debianPackage: string) => {
    const own = join(folder, debianPackage, 'usr', 'bin', name);
    return findProgram(name, environment) ?? (existsSync(own) ? own : null);
  };
  return { bubblewrap: find('bwrap', 'bubblewrap'), getfattr: find('getfattr', 'attr'), tmux: find('tmux', 'tmux') };
}
