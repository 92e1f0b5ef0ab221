import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ThreadState } from '#lib/core/state.ts';
import { askedFor, call, calls, step } from '#tests/models/scripted-model.ts';
import { type Installation, type PartName, startInstallation } from '../installation.ts';

const key = 'sk-canary-7f3a';
const steps = 5;
const model = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
let choir: Installation;

/** What is killed while the model is being asked for its nth answer, each once. */
const kills = new Map<number, PartName>([
  [1, 'worker'],
  [2, 'gateway'],
  [4, 'worker'],
]);

beforeAll(async () => {
  model.on({ predicate: () => true }, respond);
  await model.start();
  choir = await startInstallation(undefined, { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: key, CHOIR_MODEL: 'openai/scripted' });
});
afterAll(async () => {
  await choir.stop();
  await choir.remove();
  await model.stop();
});

/** Each call writes its own line; the model goes by what it hears, and does again what was interrupted. */
function respond(request: ChatCompletionRequest): FixtureResponse {
  if (askedFor(request) === 'plan') return { content: JSON.stringify({ steps: [step('s1', 'Write the log', { kind: 'command' })] }) };
  const heard = request.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
  const done = heard.filter((text) => !text.startsWith('Interrupted')).length;
  const part = kills.get(done);
  if (part) {
    kills.delete(done);
    choir.kill(part);
  }
  if (done < steps) return calls('', call('run_command', { command: `sleep 0.2; echo step-${done + 1} | tee -a log.txt > last.txt` }));
  if (done === steps) return calls('', call('delete_path', { path: 'last.txt' }));
  if (done === steps + 1) return calls('', call('update_plan', { finished: [{ step_id: 's1', status: 'done', note: 'Written' }] }));
  return { content: 'The log is written.' };
}

function when(threadId: string, wanted: (state: ThreadState) => boolean): Promise<ThreadState> {
  return expect
    .poll(
      async () => {
        const state = await choir.thread(threadId);
        return wanted(state) ? state : null;
      },
      { timeout: 60_000, interval: 100 },
    )
    .not.toBeNull()
    .then(() => choir.thread(threadId));
}

it('brings a run of the model to its end while worker and gateway are killed under it', async () => {
  const { threadId } = await choir.api<{ threadId: string }>('POST', '/api/threads', { goal: 'Write the log', agent: 'model' });
  const waiting = await when(threadId, ({ run }) => run?.status === 'waiting');
  const approval = waiting.run?.approvals.find((candidate) => !candidate.answer);
  expect(approval).toMatchObject({ kind: 'effect', action: { call: { tool: 'delete_path' } } });
  choir.kill('worker');
  await choir.api('POST', `/api/approvals/${approval?.approvalId}`, { decision: 'approve' });
  const { run } = await when(threadId, (state) => state.run?.endedAt !== undefined);
  expect(run).toMatchObject({ status: 'completed', outcome: 'The log is written.', steps: [{ status: 'done' }] });
  expect(kills.size).toBe(0);
  const log = await readFile(join(choir.home.tree(threadId), 'log.txt'), 'utf8');
  expect(log).toBe(Array.from({ length: steps }, (_, index) => `step-${index + 1}\n`).join(''));
});

it('leaves the key with the gateway alone', async () => {
  for (const part of ['worker', 'web'] as const)
    expect(await readFile(`/proc/${choir.pid(part)}/environ`, 'utf8'), part).not.toContain(key);
  expect(choir.output()).not.toContain(key);
});
