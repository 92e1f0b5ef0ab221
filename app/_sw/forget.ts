import { withStore } from '../_live/outbox/device-database.ts';
import { forgetPages } from './keep-pages.ts';
import { scope } from './worker-scope.ts';

/** Nobody is signed in here any more: what the last person read, said and shared on this device goes. */
export async function forget(): Promise<void> {
  await Promise.allSettled([
    forgetPages(),
    closeNotifications(),
    withStore<undefined>('outbox', 'readwrite', (objects) => objects.clear()),
    withStore<undefined>('shared', 'readwrite', (objects) => objects.clear()),
    'clearAppBadge' in navigator ? navigator.clearAppBadge() : undefined,
  ]);
}

async function closeNotifications(): Promise<void> {
  for (const notification of await scope.registration.getNotifications()) notification.close();
}
