import { withStore } from '../_live/outbox/device-database.ts';
import { pageCache } from './keep-pages.ts';

/** Nobody is signed in here any more: what the last person read, said and shared on this device goes. */
export async function forget(): Promise<void> {
  await Promise.allSettled([
    caches.delete(pageCache),
    withStore<undefined>('outbox', 'readwrite', (objects) => objects.clear()),
    withStore<undefined>('shared', 'readwrite', (objects) => objects.clear()),
    'clearAppBadge' in navigator ? navigator.clearAppBadge() : undefined,
  ]);
}
