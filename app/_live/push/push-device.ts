import { request, sendJson } from '../request.ts';

/**
 * Whether this device can take notifications, and why not: `insecure` without https, `install-first` on an iPhone or iPad whose page is not the installed
 * app, `unsupported` otherwise; `blocked`: the person or the browser said no.
 */
export type PushAbility = 'ready' | 'blocked' | 'insecure' | 'install-first' | 'unsupported';

export function pushAbility(): PushAbility {
  if (!window.isSecureContext) return 'insecure';
  const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  if (!able) return isApplePhone() ? 'install-first' : 'unsupported';
  return Notification.permission === 'denied' ? 'blocked' : 'ready';
}

/** Asks the person, then the browser's push service, then tells Choir. False when the person said no. Throws when one of the others did. */
export async function takePushes(publicKey: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const subscription = await pushManager.subscribe(options).catch(async (error: unknown) => {
    // Left from another installation on this address, with another key.
    const old = await pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return pushManager.subscribe(options);
  });
  await sendJson('/api/push/subscription', subscription.toJSON(), 'PUT');
  return true;
}

export async function takeNoPushes(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await request('/api/push/subscription', { method: 'DELETE' });
  await subscription?.unsubscribe();
}

function isApplePhone(): boolean {
  return /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
}
