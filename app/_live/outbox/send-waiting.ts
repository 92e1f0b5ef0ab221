import type { LastOutcome, OutboxEntry, SendOutcome } from './entry.ts';
import type { OutboxStore } from './outbox-store.ts';

export type SendingParts = {
  store: OutboxStore;
  send(entry: OutboxEntry): Promise<SendOutcome>;
  /** Hears of each entry that left the line. */
  onOutcome(entry: OutboxEntry, outcome: LastOutcome): void;
};

/**
 * Sends what waits, one after the other in the order it was said, until the line is empty or Choir cannot be reached. One page or service worker at a
 * time where the browser has locks; where it has none, two may send the same, which Choir takes once. Says whether the line is empty.
 */
export async function sendWaiting({ store, send, onOutcome }: SendingParts): Promise<boolean> {
  async function work(): Promise<boolean> {
    for (;;) {
      const entry = (await store.all()).find(({ state }) => state === 'waiting');
      if (!entry) return true;
      const outcome = await send(entry);
      if (outcome.state === 'later') return false;
      if (outcome.state === 'sent' || isMoot(entry, outcome)) await store.remove(entry.order);
      else await store.replace({ ...entry, state: 'refused', why: outcome.why });
      onOutcome(entry, outcome);
    }
  }
  return 'locks' in navigator ? navigator.locks.request('choir-outbox', work) : work();
}

/** The question is closed, and the card says who answered it: without words there is nothing to keep. */
function isMoot({ about, words }: OutboxEntry, { status }: { status: number }): boolean {
  return about.kind === 'answer' && words === '' && (status === 409 || status === 404);
}
