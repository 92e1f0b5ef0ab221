import { mkdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { ChoirHome } from '#lib/home.ts';
import { ended, readUntil, shellProgram } from '#tests/contracts/sandbox-session.ts';
import { testHome } from '#tests/services.ts';
import { createLocalSandbox } from '#workers/sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from '#workers/sandbox/local/find-tools.ts';
import { endSessions } from './end-sessions.ts';

const signal = new AbortController().signal;
const [home, otherHome] = [await testHome(), await testHome()];
const sandboxes = await Promise.all(
  [home, otherHome].map((each) => createLocalSandbox({ home: each, tools: findSandboxTools('/nowhere') })),
);
afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())));

function openSession(each: ChoirHome, index: number) {
  mkdirSync(each.tree('th_1'), { recursive: true });
  const program = shellProgram(each.agentHome('th_1', 'shell'), 'cat');
  return sandboxes[index]!.openSession({ threadId: 'th_1', id: 'se_1', program, signal });
}

test('ends the programs of this data folder, and of no other', async () => {
  const session = await openSession(home, 0);
  const other = await openSession(otherHome, 1);
  expect(await endSessions(home)).toBe(1);
  expect((await readUntil(session, ended)).at(-1)?.text).toContain('killed');
  await other.write('still there');
  expect(await endSessions(home)).toBe(0);
});
