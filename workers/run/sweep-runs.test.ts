import { expect, it } from 'vitest';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { sweepRuns } from './sweep-runs.ts';

const bench = await testWorker();

async function takeWaitingJobs(): Promise<string[]> {
  const stop = new AbortController();
  const taken: string[] = [];
  const taking = bench.context.bus.takeJobs(async ({ runId }) => void taken.push(runId), { signal: stop.signal, concurrency: 4 });
  await expect.poll(() => taken.length).toBeGreaterThan(0);
  stop.abort();
  await taking;
  return taken;
}

it('asks again for a run whose worker is gone, and for no more while jobs wait', async () => {
  const { sql } = bench.context.database;
  const thread = await bench.open(stepAgent([]));
  expect(await takeWaitingJobs()).toEqual([thread.runId]);
  expect(await sweepRuns(bench.context)).toBe(0);
  await sql`update runs set updated_at = now() - interval '1 minute'`;
  expect(await sweepRuns(bench.context)).toBe(1);
  expect(await sweepRuns(bench.context)).toBe(0);
  expect(await takeWaitingJobs()).toEqual([thread.runId]);
  expect(await sweepRuns(bench.context)).toBe(1);
});
