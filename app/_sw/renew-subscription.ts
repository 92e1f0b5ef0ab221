import { sendJson } from '../_live/request.ts';
import { scope } from './worker-scope.ts';

/** The browser changed the address at which it takes pushes: Choir is told the new one. */
export async function renewSubscription(): Promise<void> {
  const response = await fetch('/api/notifications');
  if (!response.ok) return;
  const { publicKey } = (await response.json()) as { publicKey: string };
  const subscription = await scope.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  await sendJson('/api/push/subscription', subscription.toJSON(), 'PUT');
}
