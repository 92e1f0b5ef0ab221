import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { peopleToTell } from '#tests/push/people-to-tell.ts';
import { createThread } from './create-thread.ts';
import { postMessage } from './post-message.ts';

const people = await peopleToTell();
const { services, owner } = people;
const context = { ...services, actor: owner.actor };

async function count(type: string, threadId?: string): Promise<number> {
  const rows = await services.database
    .sql`select 1 from events where type = ${type} and (${threadId ?? null}::text is null or thread_id = ${threadId ?? null})`;
  return rows.length;
}

test('a goal that is sent again, or twice at once, opens one thread', async () => {
  const { id: projectId } = await createProject(context, { name: 'garden', from: { template: 'blank' } });
  const input = { projectId, goal: 'Make a garden', requestId: 'rq-goal-0001' };
  const both = await Promise.all([createThread(context, input), createThread(context, input)]);
  expect(both[0]).toEqual(both[1]);
  expect(await createThread(context, { ...input, goal: 'Something else' })).toEqual(both[0]);
  expect(await count('goal.given')).toBe(1);
});

test('words that are sent again, or five times at once, are heard once and in their first meaning', async () => {
  const { threadId, runId } = await people.thread();
  const input = { threadId, text: 'Use tabs', requestId: 'rq-words-0001' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => postMessage(context, input)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify({ runId, as: 'guidance' })]));
  expect(await count('guidance.given', threadId)).toBe(1);
  await postMessage(context, { ...input, requestId: 'rq-words-0002' });
  expect(await count('guidance.given', threadId)).toBe(2);
});

test('an answer that is sent again is the same answer, and another one comes too late', async () => {
  const thread = await people.thread();
  const approvalId = await thread.ask();
  const answer = { approvalId, decision: 'modify', note: 'Use a dry run', requestId: 'rq-answer-001' } as const;
  await expect(answerApproval(context, { ...answer, actionHash: 'of something else' })).rejects.toMatchObject({ code: 'conflict' });
  const first = await answerApproval(context, { ...answer, actionHash: `hash of ${approvalId}` });
  expect(await answerApproval(context, answer)).toEqual(first);
  await expect(answerApproval(context, { ...answer, requestId: 'rq-answer-002' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await count('approval.answered', thread.threadId)).toBe(1);
});

test('a request id that was used for something else says so, and does nothing', async () => {
  const [thread, other] = [await people.thread(), await people.thread()];
  const [approvalId, open] = [await thread.ask(), await other.ask()];
  const used = { threadId: thread.threadId, text: 'Use tabs', requestId: 'rq-twofold-01' };
  await postMessage(context, used);
  await answerApproval(context, { approvalId, decision: 'reject', requestId: 'rq-twofold-02' });
  const refused = [
    () => answerApproval(context, { approvalId: open, decision: 'approve', requestId: used.requestId }),
    () => answerApproval(context, { approvalId: open, decision: 'approve', requestId: 'rq-twofold-02' }),
    () => postMessage(context, { ...used, threadId: other.threadId }),
    () => createThread(context, { goal: 'Make a garden', requestId: used.requestId }),
  ];
  for (const request of refused) await expect(request()).rejects.toMatchObject({ code: 'conflict' });
  expect(await count('approval.answered', other.threadId)).toBe(0);
  expect(await count('guidance.given', other.threadId)).toBe(0);
});
