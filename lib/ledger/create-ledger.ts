import type { Bus } from '#lib/bus/connect-bus.ts';
import type { RefusalReason } from '#lib/core/decide/decision.ts';
import { type Author, type Command, decide } from '#lib/core/decide.ts';
import type { LedgerEvent, NewEvent } from '#lib/core/event.ts';
import { fold } from '#lib/core/fold.ts';
import { emptyThread, type ThreadState } from '#lib/core/state.ts';
import { forLedger } from '#lib/core/storable.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { appendEvents } from './append-events.ts';
import { loadState, writeSnapshot } from './load-state.ts';
import { createPublisher } from './publish-events.ts';

export type CommandResult =
  | { ok: true; state: ThreadState; events: LedgerEvent[] }
  | { ok: false; reason: RefusalReason; message: string; state: ThreadState };

/** Commands to decide one after the other and write together; a function is asked again whenever the state was not the newest. */
export type Commands = Command[] | ((state: ThreadState) => Command[]);

export type Ledger = {
  load(threadId: string): Promise<ThreadState>;
  /** All commands become events in one append, or the first refusal becomes the answer and nothing is written. */
  command(threadId: string, author: Author, commands: Commands): Promise<CommandResult>;
  /** Waits until all that this process appended has reached NATS. */
  close(): Promise<void>;
};

const cachedThreads = 64;
const snapshotEvery = 200;
const attempts = 50;

/** The only writer of events. Keeps the states of the threads used last, so that a command costs one statement. */
export function createLedger({ database, bus }: { database: Database; bus: Bus }): Ledger {
  const cache = new Map<string, ThreadState>();
  const publisher = createPublisher({ database, bus });

  function remember(state: ThreadState): void {
    cache.delete(state.threadId);
    cache.set(state.threadId, state);
    const oldest = cache.keys().next().value;
    if (cache.size > cachedThreads && oldest) cache.delete(oldest);
  }

  async function refresh(threadId: string): Promise<ThreadState> {
    const known = cache.get(threadId);
    const state = await loadState(database, threadId, known);
    if (state === known && !(await isThere(database, threadId))) {
      cache.delete(threadId);
      return emptyThread;
    }
    if (state.seq > 0) remember(state);
    return state;
  }

  return {
    load: refresh,

    async command(threadId, author, commands) {
      let before = cache.get(threadId) ?? (await refresh(threadId));
      let fresh = false;
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const decided = decideAll(before, threadId, author, typeof commands === 'function' ? commands(before) : commands);
        if (!decided.ok) {
          // A refusal counts only against the newest state: the cached one may be behind another process.
          if (fresh) return { ...decided, state: before };
        } else if (decided.events.length === 0) {
          return { ok: true, state: before, events: [] };
        } else {
          const appended = await appendEvents(database, before, decided.after, decided.events);
          if (appended.ok) {
            remember(decided.after);
            const events = decided.events.map(
              (event, index) =>
                ({ ...event, threadId, seq: before.seq + 1 + index, position: appended.positions[index] ?? 0 }) as LedgerEvent,
            );
            publisher.publish(decided.after.workspaceId, events);
            if (Math.floor(before.seq / snapshotEvery) !== Math.floor(decided.after.seq / snapshotEvery))
              publisher.track(writeSnapshot(database, decided.after));
            return { ok: true, state: decided.after, events };
          }
        }
        before = await refresh(threadId);
        fresh = true;
      }
      throw new Error(`The thread changed ${attempts} times while one command was decided.`);
    },

    close: () => publisher.close(),
  };
}

/** A thread that is kept here may have been deleted elsewhere. */
async function isThere({ sql }: Database, threadId: string): Promise<boolean> {
  return (await sql`select 1 from threads where id = ${threadId}`).count > 0;
}

type Decided = { ok: true; events: NewEvent[]; after: ThreadState } | { ok: false; reason: RefusalReason; message: string };

function decideAll(before: ThreadState, threadId: string, author: Author, commands: Command[]): Decided {
  const at = new Date().toISOString();
  const events: NewEvent[] = [];
  let after = before;
  for (const command of commands) {
    const decision = decide(after, command, author, at);
    if (!decision.ok) return decision;
    const made = decision.events.map(forLedger);
    for (const event of made) after = fold(after, { ...event, threadId, seq: after.seq + 1, position: 0 } as LedgerEvent);
    events.push(...made);
  }
  return { ok: true, events, after: after === emptyThread ? before : after };
}
