import { newId } from '#lib/core/new-id.ts';
import { RequestError } from '../request.ts';
import { sleep } from '../sleep.ts';
import type { LastOutcome, NewEntry, OutboxEntry, OutboxNews, SendOutcome } from './entry.ts';
import { isDurable, type OutboxStore, storeOf, withMemory } from './outbox-store.ts';
import { sendWaiting } from './send-waiting.ts';

/** `id`: by which an arrival tells that it went out after all. */
export type Sent = { state: 'sent'; reply: unknown } | { state: 'waiting'; id: string };
export type Outbox = ReturnType<typeof createOutbox>;

export type OutboxParts = {
  store: OutboxStore;
  /** Whose outbox it is: what others left in the store is neither shown nor sent. */
  userId: string;
  send(entry: OutboxEntry): Promise<SendOutcome>;
  /** Tells the other pages and the service worker, and hears of them. */
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'> | null;
  retryMs?: number;
  /** How long whoever says something waits for it to arrive before it counts as on its way. */
  patienceMs?: number;
};

/** A goal that went out later than it was said: the thread it opened. */
export type Arrival = { id: string; words: string; threadId: string };

const firstRetryMs = 3_000;
const longestRetryMs = 60_000;
const usualPatienceMs = 8_000;
const shownArrivals = 5;

/** Commands of this device on their way to Choir: stored before they are sent, sent in order, and kept with the reason when they are refused. */
export function createOutbox({ store: durable, userId, send, channel, retryMs = firstRetryMs, patienceMs = usualPatienceMs }: OutboxParts) {
  const store = storeOf(userId, withMemory(durable));
  let entries: readonly OutboxEntry[] = [];
  let arrivals: readonly Arrival[] = [];
  let sending: Promise<boolean> | null = null;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = retryMs;
  const listeners = new Set<() => void>();
  const outcomes = new Map<string, LastOutcome>();
  const awaited = new Set<string>();

  async function refresh(tell: boolean): Promise<void> {
    entries = await store.all().catch(() => entries);
    for (const listener of listeners) listener();
    if (tell) post('changed');
  }

  const post = (news: OutboxNews) => channel?.postMessage(news);

  /** Whoever sent it. */
  function take({ id, words, about }: OutboxEntry, outcome: LastOutcome): void {
    if (awaited.has(id)) outcomes.set(id, outcome);
    else if (outcome.state === 'sent' && about.kind === 'goal') {
      const { threadId } = outcome.reply as { threadId: string };
      arrivals = [...arrivals.filter((other) => other.id !== id), { id, words, threadId }].slice(-shownArrivals);
    }
  }

  function drop(id: string): void {
    arrivals = arrivals.filter((other) => other.id !== id);
  }

  function onOutcome(entry: OutboxEntry, outcome: LastOutcome): void {
    post(awaited.has(entry.id) ? 'changed' : { entry, outcome });
    take(entry, outcome);
    void refresh(false);
  }

  async function run(): Promise<boolean> {
    try {
      let empty: boolean;
      do {
        again = false;
        empty = await sendWaiting({ store, send, onOutcome });
      } while (again && empty);
      return empty;
    } catch {
      return false;
    } finally {
      // Before anything else runs: who asks from now on would wait for a run that looks no more.
      sending = null;
    }
  }

  /** Tries to send all that waits, now; tries again later by itself when that fails. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    again = true;
    sending ??= run();
    const empty = await sending;
    await refresh(false);
    pauseMs = empty ? retryMs : Math.min(pauseMs * 2, longestRetryMs);
    clearTimeout(timer);
    if (!empty) timer = setTimeout(() => void flush(), pauseMs);
  }

  const keep = (said: Omit<OutboxEntry, 'order' | 'userId'>): Promise<OutboxEntry> => store.add({ ...said, userId });

  channel?.addEventListener('message', ({ data }: MessageEvent<OutboxNews>) => {
    if (data !== 'changed') {
      if ('forgotten' in data) drop(data.forgotten);
      else if (data.entry?.userId === userId) take(data.entry, data.outcome);
    }
    void refresh(false);
  });

  return {
    getEntries: () => entries,
    getArrivals: () => arrivals,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush,
    refresh: () => refresh(false),

    /**
     * Stores a command and tries to send it. `waiting`: it goes out by itself when Choir can be reached. What Choir refuses at once is thrown as a
     * `RequestError`, and is not kept: its words still stand where they were said. `onKept` hears that it arrives from now on whether this page stays or
     * not: whoever kept its words for the next page lets go of them, or they would be said twice.
     */
    async send(command: NewEntry, onKept?: () => void): Promise<Sent> {
      const entry = await keep({ ...command, id: newId('rq'), at: new Date().toISOString(), state: 'waiting' });
      if (isDurable(entry)) onKept?.();
      awaited.add(entry.id);
      await refresh(true);
      await Promise.race([flush(), sleep(patienceMs)]);
      awaited.delete(entry.id);
      const outcome = outcomes.get(entry.id);
      outcomes.delete(entry.id);
      if (!outcome) return { state: 'waiting', id: entry.id };
      if (outcome.state === 'sent') {
        // Another page may have sent it, and shows where it arrived.
        if (entry.about.kind === 'goal') post({ forgotten: entry.id });
        return outcome;
      }
      await store.remove(entry.order);
      await refresh(true);
      throw new RequestError(outcome.status, outcome.why);
    },

    /** Its thread was opened: there is nothing more to say of it. */
    async forget({ id }: Arrival): Promise<void> {
      drop(id);
      post({ forgotten: id });
      await refresh(false);
    },

    /** Sends a refused command again, as a new one. */
    async retry({ order, why: _, ...command }: OutboxEntry): Promise<void> {
      await keep({ ...command, id: newId('rq'), state: 'waiting' });
      await store.remove(order);
      await flush();
    },

    /** Takes a command out of the line; one that is being sent may arrive all the same. */
    async discard({ order }: OutboxEntry): Promise<void> {
      await store.remove(order);
      await refresh(true);
    },
  };
}
