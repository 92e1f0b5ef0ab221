import { newId } from '#lib/core/new-id.ts';
import type { PushPayload } from '#lib/core/notification.ts';
import type { LastOutcome, OutboxEntry, OutboxNews, SendOutcome } from '../_live/outbox/entry.ts';
import { durableStore } from '../_live/outbox/outbox-store.ts';
import { sendEntry } from '../_live/outbox/send-entry.ts';
import { sendWaiting } from '../_live/outbox/send-waiting.ts';
import { sayInstead } from './notifications.ts';
import { scope } from './worker-scope.ts';

/**
 * Answers the question of a notification, pinned to the action that it showed. Away from the network the answer waits in the outbox of this device; one
 * that the device cannot store is tried once. The notification that was pressed is gone: whatever keeps the answer from Choir is said.
 */
export async function answerQuestion(payload: PushPayload, decision: 'approve' | 'reject'): Promise<void> {
  const { question, tag: threadId } = payload;
  if (!question) return;
  const { approvalId, actionHash, userId } = question;
  const said: Omit<OutboxEntry, 'order'> = {
    id: newId('rq'),
    userId,
    at: new Date().toISOString(),
    path: `/api/approvals/${encodeURIComponent(approvalId)}`,
    body: { decision, actionHash },
    words: '',
    about: { kind: 'answer', threadId, approvalId, decision },
    state: 'waiting',
  };
  const stored = await durableStore.add(said).catch(() => null);
  const outcome = stored ? await sendInLine(stored) : await sendEntry({ ...said, order: 0 });
  await tell(payload, decision, stored, outcome);
}

async function sendInLine({ order }: OutboxEntry): Promise<SendOutcome> {
  let own: SendOutcome = { state: 'later' };
  const work = sendAll((sent, outcome) => {
    if (sent.order === order) own = outcome;
  });
  // Where a storage fails what was sent is known all the same, and the rest of the line is tried again.
  await work.catch(() => {});
  return own;
}

/** Sends what waits on this device, the page's words too. Rejects while some of it still waits, so that the browser asks again. */
export async function sendOutbox(): Promise<void> {
  if (!(await sendAll(() => {}))) throw new Error('Choir cannot be reached.');
}

async function sendAll(onOutcome: (entry: OutboxEntry, outcome: LastOutcome) => void): Promise<boolean> {
  const channel = new BroadcastChannel('choir-outbox');
  const post = (news: OutboxNews) => channel.postMessage(news);
  const isEmpty = await sendWaiting({
    store: durableStore,
    send: sendEntry,
    onOutcome(entry, outcome) {
      onOutcome(entry, outcome);
      post({ entry, outcome });
    },
  });
  post('changed');
  channel.close();
  return isEmpty;
}

async function tell(payload: PushPayload, decision: 'approve' | 'reject', stored: OutboxEntry | null, outcome: SendOutcome): Promise<void> {
  if (outcome.state === 'sent') return;
  if (outcome.state === 'refused') {
    // The question is closed: there is nothing to send again, and the thread shows who answered it.
    await (stored && durableStore.remove(stored.order));
    return sayInstead(payload, 'Not taken', outcome.why);
  }
  const name = decision === 'approve' ? 'Approve' : 'Reject';
  if (!stored) return sayInstead(payload, `${name} was not sent`, 'This device could not keep it. Open the thread to answer.');
  await askForSync();
  return sayInstead(payload, `${name} waits to be sent`, 'It goes out when Choir can be reached.');
}

async function askForSync(): Promise<void> {
  const { sync } = scope.registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('choir-outbox').catch(() => {});
}
