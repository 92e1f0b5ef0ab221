import type { Page, Worker } from 'playwright-core';
import type { PushPayload } from '#lib/core/notification.ts';

/** What a page's service worker shows, and what reaches it: pushes, and presses on what it shows. */
export function notificationsOf(page: Page) {
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error('No service worker runs.');
  return { push: pushTo(worker), shown: shownBy(worker), press: pressOn(worker) };
}

const pushTo = (worker: Worker) => (payload: PushPayload) =>
  worker.evaluate((text) => {
    self.dispatchEvent(new PushEvent('push', { data: text }));
  }, JSON.stringify(payload));

const shownBy = (worker: Worker) => () =>
  worker.evaluate(async () =>
    (await (self as unknown as ServiceWorkerGlobal).registration.getNotifications()).map(({ title, body, actions }) => ({
      title,
      body,
      actions: actions.map(({ action }) => action),
    })),
  );

/** A press on this action of the first one. */
const pressOn = (worker: Worker) => (action: string) =>
  worker.evaluate(async (pressed) => {
    const [notification] = await (self as unknown as ServiceWorkerGlobal).registration.getNotifications();
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action: pressed }));
  }, action);

/** What the types of a page do not know of a service worker. */
type Shown = Notification & { actions: { action: string }[] };
type ServiceWorkerGlobal = { registration: { getNotifications(): Promise<Shown[]> } };
declare class PushEvent extends Event {
  constructor(type: string, init: { data: string });
}
declare class NotificationEvent extends Event {
  constructor(type: string, init: { notification: Notification | undefined; action: string });
}
