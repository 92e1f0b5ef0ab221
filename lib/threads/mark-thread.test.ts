import { expect, test } from 'vitest';
import type { Context } from '#lib/context.ts';
import { inviteMember } from '#lib/members/invite-member.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { listThreads } from './list-threads.ts';
import { markThread } from './mark-thread.ts';
import { postMessage } from './post-message.ts';

const services = await testWebServices();
const { actor } = await signedIn(services);
const context: Context = { ...services, actor };
const other: Context = { ...services, actor: { ...actor, userId: (await inviteMember(context, { name: 'Ben' })).userId, role: 'member' } };
const { threadId } = await createThread(context, { goal: 'Grow' });

async function row(archived = false) {
  return (await listThreads(context, { archived })).find(({ id }) => id === threadId);
}

test('a thread is unread until it is read to its end, and again when somebody else does something in it', async () => {
  expect(await row()).toMatchObject({ unread: true });
  await markThread(context, { threadId, readSeq: (await row())?.seq });
  expect(await row()).toMatchObject({ unread: false });
  await postMessage(other, { threadId, text: 'Higher' });
  expect(await row()).toMatchObject({ unread: true });
  await markThread(context, { threadId, readSeq: (await row())?.seq });
  // A device that says late how far it was when another has read on.
  await markThread(context, { threadId, readSeq: 1 });
  expect(await row()).toMatchObject({ unread: false });
  await markThread(context, { threadId, readSeq: 0 });
  expect(await row()).toMatchObject({ unread: true });
});

test('what a person does in a thread that they have read is read', async () => {
  await markThread(context, { threadId, readSeq: (await row())?.seq });
  await postMessage(context, { threadId, text: 'Deeper' });
  expect(await row()).toMatchObject({ unread: false });
  await markThread(context, { threadId, readSeq: 0 });
  await postMessage(context, { threadId, text: 'Deeper still' });
  expect(await row()).toMatchObject({ unread: true });
});

test('a thread that was put away comes back with the next thing that happens in it', async () => {
  await markThread(context, { threadId, archived: true });
  expect(await row()).toBeUndefined();
  expect(await row(true)).toMatchObject({ unread: true });
  await markThread(context, { threadId, archived: false });
  expect(await row()).toBeDefined();
  await markThread(context, { threadId, archived: true });
  await postMessage(context, { threadId, text: 'Wider' });
  expect(await row()).toBeDefined();
  expect(await row(true)).toBeUndefined();
});

test('what happened before a slow device could archive a thread keeps it in the list', async () => {
  await markThread(context, { threadId, archived: false });
  const seen = (await row())?.seq;
  await postMessage(context, { threadId, text: 'Longer' });
  await markThread(context, { threadId, archived: true, seq: seen });
  expect(await row()).toBeDefined();
  await markThread(context, { threadId, archived: true, seq: (await row())?.seq });
  expect(await row()).toBeUndefined();
  await markThread(context, { threadId, archived: false });
});

test('a device that had seen less brings back nothing that was put away, and one that says too much has seen all there is', async () => {
  const before = (await row())?.seq;
  await postMessage(context, { threadId, text: 'Slower' });
  await markThread(context, { threadId, archived: true, seq: (await row())?.seq });
  await markThread(context, { threadId, archived: true, seq: before });
  expect(await row()).toBeUndefined();
  const most = 2_147_483_647;
  await markThread(context, { threadId, archived: true, seq: most });
  await markThread(context, { threadId, readSeq: most });
  await postMessage(other, { threadId, text: 'Sooner' });
  expect(await row()).toMatchObject({ unread: true });
});

test('what a person marks is told to their devices', async () => {
  const { promise: heard, resolve } = Promise.withResolvers<string>();
  const subscription = services.bus.connection.subscribe(`live.${actor.workspaceId}.>`, {
    callback(_, { subject }) {
      if (subject.includes('list')) resolve(subject);
    },
  });
  await services.bus.connection.flush();
  await markThread(context, { threadId, readSeq: 0 });
  expect(await heard).toBe(`live.${actor.workspaceId}.list.${actor.userId}`);
  subscription.unsubscribe();
});

test('rejects a thread of another workspace and one that is not there', async () => {
  const stranger = { ...context, actor: { ...actor, workspaceId: 'ws_other' } };
  await expect(markThread(stranger, { threadId, archived: true })).rejects.toMatchObject({ code: 'not-found' });
  await expect(markThread(context, { threadId: 'th_none', readSeq: 1 })).rejects.toMatchObject({ code: 'not-found' });
  expect(await row()).toBeDefined();
});
