import { createHash } from 'node:crypto';
import type { Services } from '#lib/context.ts';
import type { PushPayload } from '#lib/core/notification.ts';
import { openApprovals, type ThreadState } from '#lib/core/state.ts';
import { countQuestions } from '#lib/notifications/count-questions.ts';
import { describeEnding, describeQuestion, type NotificationText } from '#lib/notifications/describe-notification.ts';
import type { StoredNotification } from '#lib/notifications/due-notifications.ts';
import { readSmallChange } from './read-small-change.ts';

/** What goes to a push service besides the address. `topic`: a newer message about the same thread takes the place of one not delivered yet. */
export type PushMessage = { payload: PushPayload; urgency: 'high' | 'normal'; ttlSeconds: number; topic: string };

const questionTtlSeconds = 24 * 3_600;
const endingTtlSeconds = 4 * 3_600;
const testTtlSeconds = 60;

/** What a notification says as things stand now, or null when there is nothing left to say. */
export async function pushMessage(
  { database, ledger, home }: Pick<Services, 'database' | 'ledger' | 'home'>,
  told: StoredNotification,
): Promise<PushMessage | null> {
  const common = { id: told.id, kind: told.kind, at: told.at.toISOString(), badge: await countQuestions(database, told.userId) };
  if (told.kind === 'test' || !told.threadId) {
    const payload = { ...common, tag: 'test', url: '/settings', title: 'Choir', body: 'Notifications reach this device.' };
    return { payload, urgency: 'high', ttlSeconds: testTtlSeconds, topic: topicOf(told.id) };
  }
  const state = await ledger.load(told.threadId);
  const question = openApprovals(state).find(({ approvalId }) => approvalId === told.approvalId);
  const words = question ? describeQuestion(state, question, await readSmallChange(home, state, question)) : endingOf(state, told);
  if (!words) return null;
  const { title, body, answerable } = words;
  const payload: PushPayload = {
    ...common,
    ...{ title, body, tag: told.threadId, url: `/threads/${told.threadId}` },
    ...(question && answerable
      ? { question: { approvalId: question.approvalId, actionHash: question.action.hash, userId: told.userId } }
      : {}),
  };
  const ttlSeconds = question ? questionTtlSeconds : endingTtlSeconds;
  return { payload, urgency: question ? 'high' : 'normal', ttlSeconds, topic: topicOf(told.threadId) };
}

/** Whether what it speaks of is over: answered, taken back, or followed by another run. */
export function isOver(state: ThreadState, { approvalId, runId }: Pick<StoredNotification, 'approvalId' | 'runId'>): boolean {
  if (approvalId) return !openApprovals(state).some((open) => open.approvalId === approvalId);
  return state.run?.runId !== runId;
}

function endingOf(state: ThreadState, told: StoredNotification): NotificationText | null {
  return isOver(state, told) || !state.run ? null : describeEnding(state, state.run);
}

/** RFC 8030: at most 32 characters of base64url. A push service learns nothing from it. */
function topicOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 32);
}
