import { expect, test } from 'vitest';
import type { Context } from '#lib/context.ts';
import { newId } from '#lib/core/new-id.ts';
import { users } from '#lib/db/schema.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { listRules } from '#lib/rules/list-rules.ts';
import { peopleToTell, shell } from '#tests/push/people-to-tell.ts';
import { type AnswerApproval, answerApproval } from './answer-approval.ts';

const people = await peopleToTell();
const { services, owner } = people;
const context: Context = { ...services, actor: owner.actor };
const memberId = newId('us');
await services.database.db.insert(users).values({ id: memberId, workspaceId: owner.workspaceId, name: 'Mia', role: 'member' });
const member: Context = { ...services, actor: { ...owner.actor, userId: memberId, role: 'member' } };
const conflict = expect.objectContaining({ code: 'conflict' });

const events = async (threadId: string, type: string) =>
  (await services.database.sql`select data from events where thread_id = ${threadId} and type = ${type}`).map(({ data }) => data);

test('of many answers at once from all faces one holds, and only its rule', async () => {
  const thread = await people.thread();
  const approvalId = await thread.ask();
  const answers = Array.from({ length: 12 }, (_, index): [Context, AnswerApproval] => {
    const via = (['pwa', 'telegram', 'cli', 'api'] as const)[index % 4] ?? 'api';
    const who = index % 3 === 0 ? member : context;
    const said = index % 2 === 0 ? ({ decision: 'approve', remember: 'thread' } as const) : ({ decision: 'reject' } as const);
    return [
      { ...who, actor: { ...who.actor, via } as Context['actor'] },
      { approvalId, ...said },
    ];
  });
  const outcomes = await Promise.allSettled(answers.map(([face, answer]) => answerApproval(face, answer)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))).toEqual(Array(11).fill(conflict));
  const winner = answers[outcomes.findIndex(({ status }) => status === 'fulfilled')]?.[1];
  expect(await events(thread.threadId, 'approval.answered')).toEqual([expect.objectContaining({ decision: winner?.decision })]);
  expect(await events(thread.threadId, 'rule.added')).toHaveLength(winner?.decision === 'approve' ? 1 : 0);
});

test('a yes is remembered for the place that was named, everywhere by the owner only', async () => {
  const thread = await people.thread();
  const place = { run: thread.runId, thread: thread.threadId, workspace: owner.workspaceId };
  for (const remember of ['run', 'thread', 'workspace'] as const) {
    const approvalId = await thread.ask();
    const answer = { approvalId, decision: 'approve', remember } as const;
    if (remember === 'workspace') await expect(answerApproval(member, answer)).rejects.toMatchObject({ code: 'forbidden' });
    await answerApproval(remember === 'workspace' ? context : member, answer);
    const rules = await listRules(context, { threadId: thread.threadId });
    expect(rules.at(-1)).toMatchObject({ scope: remember, scopeId: place[remember], effect: 'allow', matches: [{ on: 'action' }] });
  }
});

test('a yes is not remembered against a rule that speaks of the same', async () => {
  const thread = await people.thread();
  const here = { scope: 'thread', scopeId: thread.threadId } as const;
  const approve = async (command: string) => {
    const approvalId = await thread.ask({ call: shell(command) });
    return answerApproval(context, { approvalId, decision: 'approve', remember: 'thread' });
  };
  await addRules(context, { text: 'never run npm publish, ask before running curl', ...here });
  await expect(approve('npm publish')).rejects.toThrow('The rule “never run npm publish” forbids this. Revoke it first.');
  await expect(approve('curl example.org')).rejects.toThrow(/asks every time/);
  await expect(approve('npm $x')).rejects.toThrow(/asks every time/);
  await expect(approve('npm view x')).resolves.toMatchObject({ threadId: thread.threadId });
});

test('rejects strangers, workers, another action, and answers to what has ended', async () => {
  const thread = await people.thread();
  const approvalId = await thread.ask();
  const answer = { approvalId, decision: 'approve' } as const;
  const stranger: Context = { ...services, actor: { ...owner.actor, workspaceId: newId('ws') } };
  const worker: Context = { ...services, actor: { kind: 'worker', workerId: 'wk' } };
  await expect(answerApproval(stranger, answer)).rejects.toMatchObject({ code: 'not-found' });
  await expect(answerApproval(worker, answer)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(answerApproval(context, { ...answer, actionHash: 'forged' })).rejects.toEqual(conflict);
  await thread.end();
  await expect(answerApproval(context, answer)).rejects.toEqual(conflict);
  expect(await events(thread.threadId, 'approval.answered')).toEqual([]);
});
