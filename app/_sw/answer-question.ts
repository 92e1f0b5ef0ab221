import { newId } from '#lib/core/new-id.ts';
import type { PushPayload } from '#lib/core/notification.ts';
import type { OutboxEntry, SendOutcome } from '../_live/outbox/entry.ts';
import { durableStore } from '../_live/outbox/outbox-store.ts';
import { sendEntry } from '../_live/outbox/send-entry.ts';
import { sendWaiting } from '../_live/outbox/send-waiting.ts';
import { sayInstead } from './notifications.ts';
import { scope } from './worker-scope.ts';

/** Answers the question of a notification, pinned to the action that it showed. Away from the network the answer waits in the outbox of this device. */
export async function answerQuestion(payload: PushPayload, decision: 'approve' | 'reject'): Promise<void> {
  const { question, tag: threadId } = payload;
  if (!question) return;
  const { approvalId, actionHash, userId } = question;
  const entry = await durableStore.add({
    id: newId('rq'),
    userId,
    at: new Date().toISOString(),
    path: `/api/approvals/${encodeURIComponent(approvalId)}`,
    body: { decision, actionHash },
    words: '',
    about: { kind: 'answer', threadId, approvalId, decision },
    state: 'waiting',
  });
  let own: SendOutcome = { state: 'later' };
  await sendAll((sent, outcome) => {
    if (sent.order === entry.order) own = outcome;
  });
  await tell(payload, decision, entry, own);
}

/** Sends what waits on this device, the page's words too. Rejects while some of it still waits, so that the browser asks again. */
export async function sendOutbox(): Promise<void> {
  if (!(await sendAll(() => {}))) throw new Error('Choir cannot be reached.');
}

async function sendAll(onOutcome: (entry: OutboxEntry, outcome: SendOutcome) => void): Promise<boolean> {
  const channel = new BroadcastChannel('choir-outbox');
  const isEmpty = await sendWaiting({ store: durableStore, send: sendEntry, onOutcome });
  channel.postMessage('changed');
  channel.close();
  return isEmpty;
}

async function tell(payload: PushPayload, decision: 'approve' | 'reject', entry: OutboxEntry, outcome: SendOutcome): Promise<void> {
  if (outcome.state === 'sent') return;
  if (outcome.state === 'refused') {
    // The question is closed: there is nothing to send again, and the thread shows who answered it.
    await durableStore.remove(entry.order);
    return sayInstead(payload, 'Not taken', outcome.why);
  }
  await askForSync();
  return sayInstead(
    payload,
    decision === 'approve' ? 'Approve waits to be sent' : 'Reject waits to be sent',
    'It goes out when Choir can be reached.',
  );
}

async function askForSync(): Promise<void> {
  const { sync } = scope.registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('choir-outbox').catch(() => {});
}
