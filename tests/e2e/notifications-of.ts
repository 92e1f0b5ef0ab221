import type { Page, Worker } from 'playwright-core';
import type { PushPayload } from '#lib/core/notification.ts';

/** What a page's service worker shows, and what reaches it: pushes, and presses on what it shows. */
export function notificationsOf(page: Page) {
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error('No service worker runs.');
  return { push: pushTo(worker), shown: shownBy(worker), press: pressOn(worker) };
}

/** Until the worker is done with it: Chromium forgets a notification that somebody looks for while it comes. */
const pushTo = (worker: Worker) => (payload: PushPayload) =>
  worker.evaluate(async (text) => {
    const work: Promise<unknown>[] = [];
    const event = new PushEvent('push', { data: text });
    event.waitUntil = (promise) => void work.push(promise);
    self.dispatchEvent(event);
    await Promise.all(work);
  }, JSON.stringify(payload));

const shownBy = (worker: Worker) => () =>
  worker.evaluate(async () =>
    (await (self as unknown as ServiceWorkerGlobal).registration.getNotifications()).map(({ title, body, actions }) => ({
      title,
      body,
      actions: actions.map(({ action }) => action),
    })),
  );

/** A press on this action of the first one, until the worker is done with it. */
const pressOn = (worker: Worker) => (action: string) =>
  worker.evaluate(async (pressed) => {
    const work: Promise<unknown>[] = [];
    const [notification] = await (self as unknown as ServiceWorkerGlobal).registration.getNotifications();
    const event = new NotificationEvent('notificationclick', { notification, action: pressed });
    event.waitUntil = (promise) => void work.push(promise);
    self.dispatchEvent(event);
    await Promise.all(work);
  }, action);

/** What the types of a page do not know of a service worker. */
type Shown = Notification & { actions: { action: string }[] };
type ServiceWorkerGlobal = { registration: { getNotifications(): Promise<Shown[]> } };
declare class WorkEvent extends Event {
  waitUntil: (promise: Promise<unknown>) => void;
}
declare class PushEvent extends WorkEvent {
  constructor(type: string, init: { data: string });
}
declare class NotificationEvent extends WorkEvent {
  constructor(type: string, init: { notification: Notification | undefined; action: string });
}
