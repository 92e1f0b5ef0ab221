import { mkdirSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ThreadState } from '#lib/core/state.ts';
import { agentScript } from '#tests/agents/agent-script.ts';
import { agentsCache } from '#tests/agents/installed-agents.ts';
import { type Installation, startInstallation } from '../installation.ts';

const model = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
let choir: Installation;

beforeAll(async () => {
  const script = agentScript({
    build: [
      { say: 'I build.', run: 'echo begun >> log.txt; sleep 3; echo built >> log.txt' },
      { say: 'I look outside.', run: 'curl -sm 1 https://example.invalid; echo tried >> log.txt' },
      { say: 'It is built.', end: true },
    ],
  });
  model.on({ predicate: () => true }, script);
  await model.start();
  choir = await startInstallation(undefined, { ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: 'sk-canary-19bd' });
  mkdirSync(agentsCache, { recursive: true });
  symlinkSync(agentsCache, choir.home.agents);
}, 200_000);
afterAll(async () => {
  await choir?.stop();
  await choir?.remove();
  await model.stop();
});

function when(threadId: string, wanted: (run: NonNullable<ThreadState['run']>) => boolean): Promise<ThreadState> {
  const look = async () => {
    const { run } = await choir.thread(threadId);
    return run !== null && wanted(run);
  };
  return expect
    .poll(look, { timeout: 90_000, interval: 100 })
    .toBe(true)
    .then(() => choir.thread(threadId));
}

it('brings the run of a terminal agent to its end while workers are killed under it, in the middle of a call and of a question', async () => {
  const { threadId } = await choir.api<{ threadId: string }>('POST', '/api/threads', { goal: '[[build]] please', agent: 'claude-code' });
  await when(threadId, ({ calls }) => calls.some(({ status }) => status === 'running'));
  choir.kill('worker');
  const waiting = await when(threadId, ({ status }) => status === 'waiting');
  const approval = waiting.run?.approvals.find((candidate) => !candidate.answer);
  expect(approval?.kind).toBe('outside');
  choir.kill('worker');
  await choir.api('POST', `/api/approvals/${approval?.approvalId}`, { decision: 'approve' });
  const { run } = await when(threadId, ({ endedAt }) => endedAt !== undefined);
  expect(run).toMatchObject({
    status: 'completed',
    outcome: 'It is built.',
    calls: [{ result: { status: 'succeeded' } }, { result: { status: 'succeeded' } }],
    session: { restarts: 0, ended: 'done' },
  });
  // The tree follows the ledger: what is told comes first.
  const log = () => readFile(join(choir.home.tree(threadId), 'log.txt'), 'utf8').catch(() => '');
  await expect.poll(log).toBe('begun\nbuilt\ntried\n');
});
