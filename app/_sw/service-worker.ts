import type { PushPayload } from '#lib/core/notification.ts';
import type { WorkerMessage } from '../_live/service-worker/messages.ts';
import { answerQuestion, sendOutbox } from './answer-question.ts';
import { forget } from './forget.ts';
import { keepPages, openPage } from './keep-pages.ts';
import { isScript, openScript, tidyScripts } from './keep-scripts.ts';
import { closeNotifications, showPush } from './notifications.ts';
import { offlinePage } from './offline-page.ts';
import { openWindow } from './open-window.ts';
import { renewSubscription } from './renew-subscription.ts';
import { takeShare } from './take-share.ts';
import { scope } from './worker-scope.ts';

/** Written in by the build: another build is another service worker. */
declare const CHOIR_BUILD: string;

/** Pages that were opened from a copy, and from when it is. Asked for right after, so it may live as long as this worker. */
const copies = new Map<string, string | null>();

scope.addEventListener('activate', (event) => event.waitUntil(Promise.all([scope.clients.claim(), tidyScripts()])));

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === 'POST' && url.pathname === '/share') event.respondWith(takeShare(request));
  if (request.method !== 'GET') return;
  const later = (work: Promise<unknown>) => event.waitUntil(work.catch(() => {}));
  if (isScript(url)) event.respondWith(openScript(request, later));
  else if (request.mode === 'navigate' && url.pathname === '/sign-in') event.respondWith(openDoor(request));
  else if (request.mode === 'navigate' && !url.pathname.startsWith('/api/'))
    event.respondWith(openPage(request, later, (at) => copies.set(event.resultingClientId, at)));
});

scope.addEventListener('message', (event) => {
  const message = event.data as WorkerMessage;
  if (message.type === 'take-over') event.waitUntil(scope.skipWaiting());
  if (message.type === 'keep') event.waitUntil(keepPages(message.pages));
  if (message.type === 'seen') event.waitUntil(closeNotifications(message.threadId));
  if (message.type === 'forget') event.waitUntil(forget().then(() => event.ports[0]?.postMessage('done')));
  if (message.type === 'as-of') event.ports[0]?.postMessage(copies.get((event.source as Client | null)?.id ?? '') ?? null);
  if (message.type === 'version') event.ports[0]?.postMessage(CHOIR_BUILD);
});

scope.addEventListener('push', (event) => {
  // Nobody but Choir can have encrypted it for this device.
  if (event.data) event.waitUntil(showPush(event.data.json() as PushPayload));
});

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { action } = event;
  const payload = event.notification.data as PushPayload;
  if (action === 'approve' || action === 'reject') event.waitUntil(answerQuestion(payload, action));
  else event.waitUntil(openWindow(payload.url));
});

scope.addEventListener('sync', (event) => (event as ExtendableEvent).waitUntil(sendOutbox()));
scope.addEventListener('pushsubscriptionchange', (event) => (event as ExtendableEvent).waitUntil(renewSubscription()));

/** The door is where one is when nobody is signed in. */
async function openDoor(request: Request): Promise<Response> {
  const response = await fetch(request).catch(() => offlinePage());
  if (response.ok) await forget();
  return response;
}
