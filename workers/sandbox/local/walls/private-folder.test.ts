import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makePrivateFolder } from './private-folder.ts';

const parent = mkdtempSync(join(tmpdir(), 'choir-parent-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

it('removes what a killed process left, and nothing that is in use or not its own', async () => {
  const own = basename(await makePrivateFolder(parent));
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  child.kill('SIGKILL');
  await once(child, 'close');
  const [left, elsewhere] = [own.replace(`-${process.pid}-`, `-${child.pid}-`), own.replace(/^choir-sandbox-\d+/, 'choir-sandbox-1')];
  for (const name of [left, elsewhere, 'choir-sandbox-notes']) {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, 'pipe-1'), '');
  }
  const next = basename(await makePrivateFolder(parent));
  expect(readdirSync(parent).sort()).toEqual([own, elsewhere, 'choir-sandbox-notes', next].sort());
});
