import { execFile } from 'node:child_process';
import { access, chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { removeFolder } from './remove-folder.ts';

const nobody = 65_534;

test('a folder goes with those in it that may not be written or read, and a link only as a link', async () => {
  const root = await mkdtemp(join(tmpdir(), 'choir-remove-'));
  // Root may write everywhere: as root, somebody else has to do it.
  const asRoot = process.getuid?.() === 0;
  if (asRoot) await chown(root, nobody, nobody);
  const script = `
    const { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } = require('node:fs');
    mkdirSync('gone/locked/deep', { recursive: true });
    mkdirSync('kept');
    writeFileSync('kept/file', '');
    writeFileSync('gone/locked/deep/file', '');
    symlinkSync('../../kept', 'gone/locked/link');
    chmodSync('kept', 0o500);
    chmodSync('gone/locked/deep', 0);
    chmodSync('gone/locked', 0o500);
    import(${JSON.stringify(new URL('./remove-folder.ts', import.meta.url).href)})
      .then(({ removeFolder }) => removeFolder('gone'))
      .then(() => console.log((statSync('kept').mode & 0o777).toString(8)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
    cwd: root,
    ...(asRoot ? { uid: nobody, gid: nobody } : {}),
  });
  expect(stdout).toBe('500\n');
  await expect(access(join(root, 'gone'))).rejects.toThrow();
  await access(join(root, 'kept', 'file'));
  await removeFolder(root);
});
