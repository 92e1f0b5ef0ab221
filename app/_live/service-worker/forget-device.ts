import { withStore } from '../outbox/device-database.ts';
import { askWorker } from './ask-worker.ts';

/** Leaves nothing of the person on this device: pages that were kept, words that wait, drafts. Never rejects. */
export async function forgetDevice(): Promise<void> {
  await askWorker({ type: 'forget' });
  // Without a service worker the page does it itself.
  await Promise.allSettled([
    withStore<undefined>('outbox', 'readwrite', (objects) => objects.clear()),
    withStore<undefined>('shared', 'readwrite', (objects) => objects.clear()),
  ]);
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith('choir-draft:')) localStorage.removeItem(key);
  } catch {
    // No storage on this device: nothing was kept.
  }
}
