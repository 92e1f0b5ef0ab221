import { expect, it } from 'vitest';
import { requirePerson } from '#lib/auth/require-person.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createLinkCode } from './create-link-code.ts';
import { redeemLinkCode } from './redeem-link-code.ts';
import { userNames } from './user-names.ts';

const { context } = await testWorker();
const { userId } = requirePerson(context.actor);
const called = async () => (await userNames(context, [userId])).get(userId);
const link = async (telegramId: number, name: string) => {
  const { code } = await createLinkCode(context);
  await redeemLinkCode(context, { code, telegramId, name });
};

it('calls a person by their name in Telegram, and guesses nothing where several accounts speak for one', async () => {
  expect(await called()).toBe('Owner');
  await link(1, 'Ada Lovelace (@ada)');
  expect(await called()).toBe('Ada Lovelace');
  await link(2, 'Bob');
  await link(3, 'Bob (@bob2)');
  expect(await called()).toBe('Ada Lovelace or Bob');
  await link(4, 'Cleo');
  expect(await called()).toBe('Owner');
});
