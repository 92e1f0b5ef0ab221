import { expect, it } from 'vitest';
import { testWorker } from '#tests/test-worker.ts';
import { lockBot } from './lock-bot.ts';

const { context } = await testWorker();

it('lets one bot work on a database, and the next one when it ends', async () => {
  const first = await lockBot(context.database, 0);
  await expect(lockBot(context.database, 0)).rejects.toThrow('Another Telegram bot of this installation runs already.');
  const second = lockBot(context.database, 10_000);
  await first.release();
  await (await second).release();
});
