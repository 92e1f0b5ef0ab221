import { expect, it } from 'vitest';
import { requirePerson } from '#lib/auth/require-person.ts';
import { testWorker } from '#tests/test-worker.ts';
import { changeChoices, readChat } from './chats.ts';
import { createLinkCode } from './create-link-code.ts';
import { redeemLinkCode } from './redeem-link-code.ts';
import { accountNames, userNames } from './user-names.ts';

const { context } = await testWorker();
const { userId } = requirePerson(context.actor);
const called = async () => (await userNames(context, [userId])).get(userId);
const link = async (telegramId: number, name: string) => {
  const { code } = await createLinkCode(context);
  await redeemLinkCode(context, { code, telegramId, name });
};

it('calls a person by their name in Telegram, by their own where several accounts speak for them, and each account by its name', async () => {
  expect(await called()).toBe('Owner');
  await link(1, 'Ada Lovelace (@ada)');
  expect(await called()).toBe('Ada Lovelace');
  await link(2, 'Bob');
  expect(await called()).toBe('Owner');
  expect([...(await accountNames(context, [1, 2, 3]))]).toEqual([
    [1, 'Ada Lovelace'],
    [2, 'Bob'],
  ]);
});

it('keeps all of what is chosen in a chat at the same moment', async () => {
  const chosen = [{ agent: 'rules' }, { mode: 'autonomous' }, { dryRun: true }, { limits: { maxIterations: 5 } }] as const;
  await Promise.all(chosen.map((choice) => changeChoices(context, 7, (before) => ({ ...before, ...choice }))));
  expect((await readChat(context, 7)).choices).toEqual(Object.assign({}, ...chosen));
});
