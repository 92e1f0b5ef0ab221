import { expect, it } from 'vitest';
import { testWorker } from '#tests/test-worker.ts';
import { finishUpdates, takeIn, takeUp } from './inbox.ts';

const { context } = await testWorker();
const { database } = context;
const inHand = new Set<number>();
const lane = (chatId: number) => ({ message: { chat: { id: chatId } } });

/** Takes up what there is, and keeps it in hand. */
async function take({ fullLanes = [], tapsOnly = false }: { fullLanes?: string[]; tapsOnly?: boolean } = {}) {
  const entries = await takeUp(database, { limit: 10, inHand: [...inHand], fullLanes, tapsOnly });
  for (const { updateId } of entries) inHand.add(updateId);
  return entries.map(({ updateId, begun }) => `${updateId}${begun ? ' begun' : ''}`);
}

it('takes up an update that comes behind a later one, once, and what a dead bot began', async () => {
  await takeIn(database, 'first', [{ update_id: 7 }]);
  expect(await take()).toEqual(['7']);
  await takeIn(database, 'first', [{ update_id: 6 }, { update_id: 7 }]);
  expect(await take()).toEqual(['6']);
  expect(await take()).toEqual([]);
  await finishUpdates(database, [6]);
  inHand.clear();
  expect(await take()).toEqual(['7 begun']);
});

it('passes by what is full, and what a dead bot began there comes once it is not', async () => {
  const updates = [
    { update_id: 11, ...lane(1) },
    { update_id: 12, ...lane(2) },
    { update_id: 13, callback_query: { from: { id: 5 } } },
  ];
  await takeIn(database, 'first', updates);
  await take();
  inHand.clear();
  expect(await take({ tapsOnly: true })).toEqual(['13 begun']);
  expect(await take({ fullLanes: ['chat 1'] })).toEqual(['7 begun', '12 begun']);
  expect(await take()).toEqual(['11 begun']);
});
