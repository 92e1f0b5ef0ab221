import { forgetPages } from './keep-pages.ts';
import { closeNotifications } from './notifications.ts';

/**
 * Nobody is signed in here any more: what the last person could read on this device goes. What they wrote stays until somebody else signs in
 * (`claimDevice`), or they leave for good (`forgetDevice`).
 */
export async function forget(): Promise<void> {
  await Promise.allSettled([forgetPages(), closeNotifications(), 'clearAppBadge' in navigator ? navigator.clearAppBadge() : undefined]);
}
