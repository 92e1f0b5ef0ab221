import { expect, it } from 'vitest';
import { testWorker } from '#tests/test-worker.ts';
import { finishUpdates, takeIn, takeUp } from './inbox.ts';

const { context } = await testWorker();
const { database } = context;
const ids = async (after: number) =>
  (await takeUp(database, after, 10)).map(({ updateId, begun }) => `${updateId}${begun ? ' begun' : ''}`);

it('takes up an update that comes behind a later one, once, and what a dead bot began', async () => {
  await takeIn(database, 'first', [{ update_id: 7 }]);
  expect(await ids(0)).toEqual(['7']);
  await takeIn(database, 'first', [{ update_id: 6 }, { update_id: 7 }]);
  expect(await ids(7)).toEqual(['6']);
  expect(await ids(7)).toEqual([]);
  await finishUpdates(database, [6]);
  expect(await ids(0)).toEqual(['7 begun']);
});
