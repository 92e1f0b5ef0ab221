import { fold } from '#lib/core/fold.ts';
import { emptyThread, foldVersion, type ThreadState } from '#lib/core/state.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { readEvents } from './read-events.ts';

/** The state of a thread now: `from` (or the newest snapshot) and every event since. `emptyThread` when there is no such thread. */
export async function loadState(database: Database, threadId: string, from?: ThreadState): Promise<ThreadState> {
  let state = from ?? (await readSnapshot(database, threadId));
  for await (const batch of readEvents(database, threadId, { after: state.seq })) {
    for (const event of batch) state = fold(state, event);
  }
  return state;
}

async function readSnapshot({ sql }: Database, threadId: string): Promise<ThreadState> {
  const [row] = await sql<
    { state: ThreadState }[]
  >`select state from snapshots join threads on threads.id = snapshots.thread_id where thread_id = ${threadId} and fold_version = ${foldVersion}`;
  return row?.state ?? emptyThread;
}

/** Keeps a state so that the next process need not fold from the start. An older one never replaces a newer one, and a deleted thread leaves none. */
export async function writeSnapshot({ sql }: Database, state: ThreadState): Promise<void> {
  await sql`
    insert into snapshots (thread_id, fold_version, seq, state)
    select id, ${foldVersion}, ${state.seq}, ${sql.json(state as never)} from threads where id = ${state.threadId} for key share
    on conflict (thread_id, fold_version) do update set seq = excluded.seq, state = excluded.state where snapshots.seq < excluded.seq`;
}
