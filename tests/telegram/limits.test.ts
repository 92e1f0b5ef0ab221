import { describe, expect, it } from 'vitest';
import { listApprovals } from '#lib/approvals/list-approvals.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { botId } from './bot-api/chats.ts';
import { groupOf, personIn } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram({ secondMs: 20 });
const { context, server } = telegram;
const askingGoal = 'create gone.txt with "x", then delete gone.txt';

describe('a loud server', () => {
  it('is obeyed to the second for ten minutes of 429, and an approval comes as soon as it may', async () => {
    const ada = await telegram.linkedPerson();
    const began = performance.now();
    const until = began + 600 * server.secondMs;
    let refused = 0;
    let isAsked = false;
    let isKnown = false;
    server.trouble((method) => {
      if ((performance.now() > until && isKnown) || !/^(?:send|edit)/.test(method)) return null;
      // What is on its way just now was thought of before the question; what comes behind it was not.
      isKnown = isAsked;
      refused += 1;
      return { retryAfter: 30 };
    });
    ada.say(askingGoal);
    await expect.poll(() => listApprovals(context)).toHaveLength(1);
    isAsked = true;
    const card = await server.until(
      () => ada.messages().find(({ text }) => text.includes('Keep what this did?')),
      'the card after the storm',
      25_000,
    );
    server.trouble(() => null);
    expect(refused).toBeGreaterThan(5);
    expect(refused).toBeLessThan((2 * (performance.now() - began)) / (30 * server.secondMs) + 5);
    expect(card.keyboard).toBeDefined();
    const first = ada.messages().find(({ text }) => /Keep what|create gone/.test(text));
    expect(first?.text).toContain('Keep what this did?');
    await ada.tap('Reject');
    await ada.sees(/Done|❌ Rejected/);
  });

  it('that fails, or loses the connection before or behind a call, loses nothing and gets nothing twice', async () => {
    const ada = await telegram.linkedPerson();
    const troubles = [{ status: 500 as const }, 'refused' as const, { status: 502 as const }, null, null, 'refused' as const];
    let at = 0;
    server.trouble((method) => {
      if (method === 'getUpdates' || !/^(?:send|edit)/.test(method)) return null;
      at += 1;
      return troubles[at % troubles.length] ?? null;
    });
    ada.say('/new create safe.txt with "s"');
    await ada.sees('✅ Done');
    server.trouble(() => null);
    expect(ada.messages().filter(({ text }) => text.startsWith('✅ Done'))).toHaveLength(1);
  });
});

describe('many at once', () => {
  it('drains 10,000 queued updates without loss, with what matters still answered', async () => {
    const ada = await telegram.linkedPerson();
    await telegram.stopBot();
    const crowd = Array.from({ length: 50 }, (_, index) => personIn(server, { id: 50_000 + index, name: `Stranger ${index}` }));
    const group = groupOf(server, { id: -100_777, title: 'Loud group' });
    for (let index = 0; index < 9_999; index += 1) {
      const chatter = crowd[index % crowd.length];
      if (index % 3 === 0) chatter?.say(`noise ${index}`);
      else if (index % 3 === 1) ada.say(`talk ${index}`, { chat: group });
      else chatter?.say(`gossip ${index}`, { chat: group });
    }
    ada.say('/new create last.txt with "l"');
    const began = performance.now();
    await telegram.startBot();
    await server.until(() => ada.messages().find(({ text }) => text.startsWith('✅ Done')), 'the end of the queue', 50_000);
    await server.until(() => server.queue.pending() === 0, 'an empty queue');
    const open = () => context.database.sql<{ n: number }[]>`select count(*)::int n from telegram_updates where done_at is null`;
    await expect.poll(async () => (await open())[0]?.n).toBe(0);
    const sent = [...server.chats.chats.values()]
      .flatMap(({ messages }) => [...messages.values()])
      .filter(({ from, text }) => from === botId && text.startsWith('This bot works'));
    const politeMs = 600 * server.secondMs;
    expect(sent.length).toBeLessThanOrEqual(51 * Math.ceil((performance.now() - began) / politeMs));
  }, 90_000);

  it('keeps to 20 messages a minute in a group, and shows at once what it could not show step by step', async () => {
    const ada = await telegram.linkedPerson();
    const group = groupOf(server, { id: -100_778, title: 'Team' });
    const shown = () => [...group.messages.values()].filter(({ from }) => from === botId);
    let isOver = false;
    server.trouble((method, { chat_id }) => (!isOver && chat_id === group.id && method === 'editMessageText' ? { retryAfter: 1 } : null));
    ada.say(`/new ${Array.from({ length: 6 }, (_, index) => `create f${index}.txt with "${index}"`).join(', then ')}`, { chat: group });
    const status = async () => (await listThreads(context)).find(({ title }) => title.startsWith('create f0'))?.runStatus;
    await expect.poll(status).toBe('completed');
    isOver = true;
    await ada.sees('✅ Done', group);
    await server.until(() => shown().find(({ text }) => text.startsWith('✅ create f0')), 'the last edit');
    const edits = server.calls.filter(({ method, payload, ok }) => method === 'editMessageText' && payload.chat_id === group.id && ok);
    expect(edits.length).toBeLessThanOrEqual(2);
    server.trouble(() => null);
    for (let index = 0; index < 22; index += 1) ada.say('/mode', { chat: group });
    await server.until(() => shown().filter(({ text }) => text.startsWith('How much')).length === 22, 'all answers');
  });

  it('keeps to 30 messages a second over all chats', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, (_, index) => telegram.linkedPerson(`P${index}`)));
    for (const person of people) for (const command of ['/help', '/mode', '/status']) person.say(command);
    for (const person of people) await person.sees('How much should it ask?');
    await createThread(context, { goal: askingGoal });
    await people[0]!.sees('Keep what this did?');
  });
});
