import type { Services } from '#lib/context.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { readEvents } from '#lib/ledger/read-events.ts';

/** Takes of one run in a row that brought nothing. The sweep asks every three seconds, so a database or disk may be away for a minute. */
export const fruitlessTakes = 20;

/** Whether workers took this run again and again and nothing but that came of it: the next one would fail where they failed. */
export async function isStuck({ database }: Services, { threadId, seq }: ThreadState): Promise<boolean> {
  const newest = { before: seq + 1, limit: fruitlessTakes };
  let taken = 0;
  for await (const batch of readEvents(database, threadId, newest)) taken += batch.filter(({ type }) => type === 'run.resumed').length;
  return taken === fruitlessTakes;
}
