import { describe, expect, it } from 'vitest';
import { createSendBudget, priorities } from './send-budget.ts';

const signal = new AbortController().signal;

/** Slots in the order in which they were given, with the millisecond of each, at a second of 10 ms. All are asked for at one moment. */
async function slots(wanted: { chatId: number; priority: 0 | 1 | 2 | 3 }[]) {
  const start = performance.now();
  let isAsking = true;
  const budget = createSendBudget({ secondMs: 10, now: () => (isAsking ? start : performance.now()) });
  const given: { chatId: number; priority: number; at: number }[] = [];
  const waiting = wanted.map((slot) =>
    budget.slot(slot.chatId, slot.priority, signal).then(() => given.push({ ...slot, at: performance.now() - start })),
  );
  isAsking = false;
  await Promise.all(waiting);
  return given;
}

describe('the budget', () => {
  it('lets an approval overtake everything that waits', async () => {
    const edits = Array.from({ length: 8 }, () => ({ chatId: 1, priority: priorities.edit }));
    const given = await slots([...edits, { chatId: 1, priority: priorities.approval }]);
    expect(given.findIndex(({ priority }) => priority === priorities.approval)).toBeLessThanOrEqual(3);
  });

  it('gives no chat more than a burst of three and then one in a second', async () => {
    const given = await slots(Array.from({ length: 8 }, () => ({ chatId: 1, priority: priorities.news })));
    for (const [index, { at }] of given.entries()) expect(at).toBeGreaterThanOrEqual(Math.max(0, index - 2) * 10 - 1);
  });

  it('leaves room for an approval in a group that is full of edits', async () => {
    const budget = createSendBudget({ secondMs: 10 });
    for (let index = 0; index < 12; index += 1) await budget.slot(-1, priorities.edit, signal);
    let edited = false;
    const edit = budget.slot(-1, priorities.edit, signal).then(() => (edited = true));
    await budget.slot(-1, priorities.approval, signal);
    expect(edited).toBe(false);
    await edit;
  });

  it('sends nothing to a chat before its retry_after is over, and nothing at all when a second chat is to wait for as long', async () => {
    const budget = createSendBudget({ secondMs: 10 });
    const start = performance.now();
    const closed = () => [1, 2, 3].map((chatId) => budget.isClosed(chatId));
    budget.refused(1, 500);
    await budget.slot(2, priorities.news, signal);
    budget.refused(2, 30);
    expect(closed()).toEqual([true, true, false]);
    budget.refused(4, 30);
    expect(closed()).toEqual([true, true, true]);
    await budget.slot(3, priorities.approval, signal);
    expect(performance.now() - start).toBeGreaterThanOrEqual(300);
    expect(closed()).toEqual([true, false, false]);
  });

  it('counts each picture of an album among the thirty of a second, and shortens no wait', async () => {
    const budget = createSendBudget({ secondMs: 10 });
    const start = performance.now();
    await Promise.all([1, 2, 3].map((chatId) => budget.slot(chatId, priorities.news, signal, 10)));
    expect(performance.now() - start).toBeGreaterThanOrEqual(9);
    budget.refused(4, 1_000);
    budget.refused(4, 1);
    await budget.slot(5, priorities.news, signal);
    await budget.slot(5, priorities.news, signal);
    expect(budget.isClosed(4)).toBe(true);
  });

  it('rejects who waits when the bot stops', async () => {
    const budget = createSendBudget({ secondMs: 10 });
    const stop = new AbortController();
    budget.refused(1, 1_000);
    const slot = budget.slot(1, priorities.news, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(slot).rejects.toThrow('stopped');
  });
});
