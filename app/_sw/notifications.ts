import type { PushPayload } from '#lib/core/notification.ts';
import { sleep } from '../_live/sleep.ts';
import { scope } from './worker-scope.ts';

/** Newer than the types: buttons on a notification, and whether a newer one in its place is heard. */
type FullOptions = NotificationOptions & { actions?: { action: string; title: string }[]; renotify?: boolean; timestamp?: number };

const icons = { icon: '/icon-192.png', badge: '/icon-192.png' };

/** One that the browser does not show holds up the others no longer than this. */
const mostMs = 10_000;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Does what shows, or looks at what is shown, after what came before it. Chromium forgets a notification that somebody looks for while it is on its
 * way to the screen, and pressing it does nothing then (measured: 2 of 80 in bursts of four, none of 80 in turn).
 */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const begun = turn;
  const done = begun.then(work);
  turn = begun.then(() => Promise.race([done, sleep(mostMs)])).catch(() => {});
  return done;
}

/** Shows what a push says, once: the same one again takes the place of the first without a sound. */
export function showPush(payload: PushPayload): Promise<void> {
  const { id, tag, title, body, at, badge, question } = payload;
  return inTurn(async () => {
    const [shown] = await scope.registration.getNotifications({ tag });
    const isSame = (shown?.data as PushPayload | undefined)?.id === id;
    const options: FullOptions = {
      ...{ ...icons, tag, body, data: payload, timestamp: Date.parse(at) },
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
  });
}

/** Says something in the place of a notification that was pressed; pressing this one opens the same. */
export function sayInstead(payload: PushPayload, title: string, body: string): Promise<void> {
  const { question: _, ...data } = payload;
  return inTurn(() => scope.registration.showNotification(title, { ...icons, tag: payload.tag, body, data, silent: true }));
}

/** Takes away what is shown of this thread, or of all of them. */
export function closeNotifications(tag?: string): Promise<void> {
  return inTurn(async () => {
    for (const notification of await scope.registration.getNotifications(tag ? { tag } : {})) notification.close();
  });
}

async function showBadge(questions: number): Promise<void> {
  if ('setAppBadge' in navigator) await navigator.setAppBadge(questions).catch(() => {});
}
