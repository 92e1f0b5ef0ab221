import { scope } from './worker-scope.ts';

/** Brings the app to the front at `path`: a window that is open goes there. */
export async function openWindow(path: string): Promise<void> {
  const url = new URL(path, location.origin).href;
  const windows = await scope.clients.matchAll({ type: 'window' });
  const there = windows.find((client) => client.url === url) ?? windows[0];
  if (!there) return void (await scope.clients.openWindow(url));
  const front = await there.focus();
  if (front.url !== url) await front.navigate(url).catch(() => scope.clients.openWindow(url));
}
