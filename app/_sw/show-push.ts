import type { PushPayload } from '#lib/core/notification.ts';
import { scope } from './worker-scope.ts';

/** Newer than the types: buttons on a notification, and whether a newer one in its place is heard. */
type FullOptions = NotificationOptions & { actions?: { action: string; title: string }[]; renotify?: boolean; timestamp?: number };

/** Shows what a push says, once: the same one again takes the place of the first without a sound. */
export async function showPush(payload: PushPayload): Promise<void> {
  const { id, tag, title, body, at, badge, question } = payload;
  const [shown] = await scope.registration.getNotifications({ tag });
  const isSame = (shown?.data as PushPayload | undefined)?.id === id;
  const options: FullOptions = {
    ...{ tag, body, data: payload, icon: '/icon-192.png', badge: '/icon-192.png', timestamp: Date.parse(at) },
    ...(isSame ? { silent: true } : { renotify: true }),
    ...(question
      ? {
          actions: [
            { action: 'approve', title: 'Approve' },
            { action: 'reject', title: 'Reject' },
          ],
        }
      : {}),
  };
  await Promise.all([scope.registration.showNotification(title, options), showBadge(badge)]);
}

/** Says something in the place of a notification that was pressed; pressing this one opens the same. */
export async function sayInstead(payload: PushPayload, title: string, body: string): Promise<void> {
  const { question: _, ...data } = payload;
  await scope.registration.showNotification(title, {
    tag: payload.tag,
    body,
    data,
    silent: true,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
  });
}

async function showBadge(questions: number): Promise<void> {
  if ('setAppBadge' in navigator) await navigator.setAppBadge(questions).catch(() => {});
}
