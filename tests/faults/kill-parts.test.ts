import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileDiff } from '#lib/core/change.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import { foldAll } from '#lib/core/fold.ts';
import { type Installation, type PartName, startInstallation } from '../installation.ts';

let choir: Installation;
beforeAll(async () => {
  choir = await startInstallation();
});
afterAll(async () => {
  await choir.stop();
  await choir.remove();
});

const patienceMs = 90_000;
const steps = 6;
/** Each step writes its own line once and takes a moment, so that a kill lands inside a command. */
const goal = Array.from({ length: steps }, (_, index) => `${index + 1}. run \`sleep 0.2; echo step-${index + 1} >> log.txt\``).join('\n');

/** A request as a patient client makes it: again, until the server that was killed is back. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  const stop = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > stop) throw error;
      await delay(150);
    }
  }
}

async function ended(threadId: string) {
  const stop = performance.now() + patienceMs;
  for (;;) {
    const state = await patiently(() => choir.thread(threadId));
    if (state.run?.endedAt) return state;
    if (performance.now() > stop) throw new Error(`The run did not end: ${JSON.stringify(state.run, null, 1)}`);
    await delay(150);
  }
}

async function events(threadId: string): Promise<LedgerEvent[]> {
  const token = (await readFile(join(choir.home.root, 'cli-token'), 'utf8')).trim();
  const response = await fetch(`${choir.url}/api/threads/${threadId}/events`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEvent);
}

/** A thread on a project of its own, so that no other thread's files are there. */
async function give(text: string): Promise<string> {
  const { id } = await choir.api<{ id: string }>('POST', '/api/projects', { name: crypto.randomUUID() });
  return (await choir.api<{ threadId: string }>('POST', '/api/threads', { goal: text, projectId: id })).threadId;
}

async function killAfter(part: PartName, delayMs: number) {
  const threadId = await patiently(() => give(goal));
  const acknowledged = (await patiently(() => choir.thread(threadId))).seq;
  await delay(delayMs);
  const guidance = choir.api('POST', `/api/threads/${threadId}/messages`, { text: 'then run `true`' }).then(
    () => true,
    () => false,
  );
  choir.kill(part);
  // What comes after the end of the run is the next goal: the run that ends is the one that heard of it.
  const guided = await guidance;
  return { threadId, state: await ended(threadId), acknowledged, guided };
}

async function checkWhole({ threadId, state, acknowledged, guided }: Awaited<ReturnType<typeof killAfter>>) {
  const ledger = await patiently(() => events(threadId));
  expect(ledger.map((event) => event.seq)).toEqual(ledger.map((_, index) => index + 1));
  expect(ledger.length).toBeGreaterThan(acknowledged);
  expect(foldAll(ledger).seq).toBe(state.seq);
  if (guided)
    expect(ledger.filter((event) => event.type === 'guidance.given' || event.type === 'goal.given').length).toBeGreaterThanOrEqual(2);
  const tree = choir.home.tree(threadId);
  const lines = (await readFile(join(tree, 'log.txt'), 'utf8')).trim().split('\n');
  expect(lines).toEqual(Array.from({ length: steps }, (_, index) => `step-${index + 1}`));
  expect(await readdir(tree)).toEqual(['log.txt']);
  expect(state.run?.status).toBe('completed');
}

describe('a part that is killed in the middle of a run', () => {
  for (const part of ['worker', 'nats', 'postgres', 'web'] as const) {
    for (const delayMs of [0, 1].map(() => Math.round(100 + Math.random() * 1_000))) {
      it(`${part}, after ${delayMs} ms: no acknowledged event is lost, nothing happens twice, the run ends`, async () => {
        await checkWhole(await killAfter(part, delayMs));
      });
    }
  }

  it('does not matter when it is the supervisor: the next start takes over and the run goes on', async () => {
    const threadId = await give(goal);
    const { seq } = await choir.thread(threadId);
    await delay(700);
    await choir.killSupervisor();
    choir = await startInstallation(choir);
    const state = await ended(threadId);
    await checkWhole({ threadId, state, acknowledged: seq, guided: false });
  });

  for (const delayMs of [0, Math.round(Math.random() * 80)]) {
    it(`worker, ${delayMs} ms after a yes: exactly what was shown is kept, once`, async () => {
      const asking = 'create a.txt with one, then run `rm a.txt; date +%N > stamp.txt`';
      const threadId = await patiently(() => give(asking));
      const question = async () => (await choir.thread(threadId)).run?.approvals.find((approval) => !approval.answer);
      await expect.poll(question, { timeout: patienceMs }).toBeDefined();
      const approvalId = (await question())?.approvalId ?? '';
      const shown = await choir.api<{ files: FileDiff[] }>('GET', `/api/threads/${threadId}/diff?to=${approvalId}`);
      const stamp = shown.files.find(({ path }) => path === 'stamp.txt')?.hunks[0]?.lines[0]?.text;
      await choir.api('POST', `/api/approvals/${approvalId}`, { decision: 'approve' });
      await delay(delayMs);
      choir.kill('worker');
      const state = await ended(threadId);
      expect(state.run?.status).toBe('completed');
      expect(state.run?.approvals).toHaveLength(1);
      expect(state.checkpoints.map(({ kind }) => kind)).toEqual(['base', 'step', 'step']);
      expect(await readdir(choir.home.tree(threadId))).toEqual(['stamp.txt']);
      expect(await readFile(join(choir.home.tree(threadId), 'stamp.txt'), 'utf8')).toBe(`${stamp}\n`);
    });
  }
});
