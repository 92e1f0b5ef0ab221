import { withStore } from '../outbox/device-database.ts';
import { isPersons } from './kept-key.ts';

/** Words that wait to be sent, what another app shared, and what else a person left on this device: none of it is left. Never rejects. */
export async function forgetWords(): Promise<void> {
  try {
    for (const key of Object.keys(localStorage)) if (isPersons(key)) localStorage.removeItem(key);
  } catch {
    // No storage on this device: nothing was kept.
  }
  await Promise.allSettled([
    withStore<undefined>('outbox', 'readwrite', (objects) => objects.clear()),
    withStore<undefined>('shared', 'readwrite', (objects) => objects.clear()),
  ]);
}
