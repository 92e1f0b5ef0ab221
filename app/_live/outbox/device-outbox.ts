import { pagePerson } from '../device/page-person.ts';
import { createOutbox, type Outbox } from './create-outbox.ts';
import { durableStore } from './outbox-store.ts';
import { sendEntry } from './send-entry.ts';

let outbox: Outbox | undefined;

/** The outbox of this page, over the one database of the device. In a browser only. */
export function deviceOutbox(): Outbox {
  outbox ??= openOutbox();
  return outbox;
}

function openOutbox(): Outbox {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('choir-outbox');
  const opened = createOutbox({ store: durableStore, userId: pagePerson(), send: sendEntry, channel });
  const flush = () => {
    if (!document.hidden) void opened.flush();
  };
  window.addEventListener('online', flush);
  document.addEventListener('visibilitychange', flush);
  opened.subscribe(() => {
    if (opened.getEntries().some(({ state }) => state === 'waiting')) void askForSync();
  });
  void opened.flush();
  return opened;
}

/** Where the browser can, the service worker sends what waits when the network is back, the page closed or not. */
async function askForSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('choir-outbox').catch(() => {});
}
