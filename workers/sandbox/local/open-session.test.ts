import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { choirHome } from '#lib/home.ts';
import { describeSessionContract, readUntil, said, shellProgram } from '#tests/contracts/sandbox-session.ts';
import { createLocalSandbox } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

const tools = findSandboxTools('/nowhere');

describeSessionContract({ name: 'overlay behind bubblewrap', create: (home) => createLocalSandbox({ home, tools }) });

test('copy behind bubblewrap: a session changes the copy', async () => {
  const home = choirHome(mkdtempSync(join(tmpdir(), 'choir-copy-')));
  mkdirSync(home.tree('th_1'), { recursive: true });
  writeFileSync(join(home.tree('th_1'), 'a.txt'), 'old');
  const sandbox = await createLocalSandbox({ home, tools, force: { overlays: false } });
  const program = shellProgram(home.agentHome('th_1', 'shell'), 'cat a.txt; echo; echo new > a.txt; echo done; cat');
  const session = await sandbox.openSession({ threadId: 'th_1', id: 'se_1', program, signal: new AbortController().signal });
  expect((await readUntil(session, said('done'))).map(({ text }) => text)).toEqual(['old', 'done']);
  expect((await session.paused(() => session.transaction.changes())).map(({ path }) => path)).toEqual(['a.txt']);
  await session.stop();
  await session.transaction.keep();
  expect(readFileSync(join(home.tree('th_1'), 'a.txt'), 'utf8')).toBe('new\n');
  await sandbox.close();
  rmSync(home.root, { recursive: true, force: true });
});
