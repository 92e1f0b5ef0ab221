import type { Update } from 'grammy/types';
import type { Chats } from './chats.ts';
import { Refusal } from './check-content.ts';

type Webhook = { url: string; secret_token?: string };

/** Updates that wait for the bot, by long polling or by webhook, never by both. */
export function updateQueue({ chats, secondMs }: { chats: Chats; secondMs: number }) {
  let pending: Update[] = [];
  let nextId = 500_000_000;
  let webhook: Webhook | null = null;
  let poll: AbortController | null = null;
  let delivering = false;
  const deliveries: number[] = [];

  async function deliver(): Promise<void> {
    if (delivering) return;
    delivering = true;
    while (webhook && pending[0]) {
      const { url, secret_token } = webhook;
      const headers = { 'content-type': 'application/json', ...(secret_token ? { 'x-telegram-bot-api-secret-token': secret_token } : {}) };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(pending[0]) }).catch(() => null);
      deliveries.push(response?.status ?? 0);
      if (response?.ok) pending = pending.slice(1);
      else await new Promise((resolve) => setTimeout(resolve, secondMs));
    }
    delivering = false;
    chats.changes.emit('change');
  }

  return {
    /** Takes `update_id`s of its own; `again` sends one with an id that was sent before. */
    push(update: Omit<Update, 'update_id'>, again?: number): number {
      const updateId = again ?? nextId++;
      pending.push({ ...update, update_id: updateId } as Update);
      chats.changes.emit('change');
      if (webhook) void deliver();
      return updateId;
    },
    pending: () => pending.length,
    deliveries,
    setWebhook(given: Webhook | null): void {
      webhook = given;
      void deliver();
    },
    async take(
      { offset = 0, limit = 100, timeout = 0 }: { offset?: number; limit?: number; timeout?: number },
      gone: AbortSignal,
    ): Promise<Update[]> {
      if (webhook) throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
      poll?.abort();
      const own = new AbortController();
      poll = own;
      pending = pending.filter((update) => update.update_id >= offset);
      const until = performance.now() + timeout * secondMs;
      while (pending.length === 0 && performance.now() < until && !own.signal.aborted && !gone.aborted)
        await changed(chats, Math.max(1, until - performance.now()), AbortSignal.any([own.signal, gone]));
      if (own.signal.aborted)
        throw new Refusal(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running');
      return pending.toSorted((left, right) => left.update_id - right.update_id).slice(0, limit);
    },
  };
}
export type UpdateQueue = ReturnType<typeof updateQueue>;

/** Resolves when something changed, the time is over, or the signal aborts. */
function changed({ changes }: Chats, timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      changes.off('change', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, timeoutMs);
    changes.once('change', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
