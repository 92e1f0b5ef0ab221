import type { ThreadState } from '#lib/core/state.ts';
import { findLinkedPerson } from '#lib/telegram/accounts.ts';
import { causingAccount } from '#lib/telegram/update-cause.ts';
import { accountNames, userNames } from '#lib/telegram/user-names.ts';
import type { BotServices } from '../bot-services.ts';
import type { NameOf } from '../render/person-at.ts';
import { proseLine } from '../render/safe-text.ts';

const nameLimit = 60;

/** What those who did something in this thread are called in this chat: "you" is who reads it, where only one person does. */
export async function readNames(services: BotServices, state: ThreadState, chatId: number): Promise<NameOf> {
  const authors = state.items.flatMap((item) => (item.kind === 'approval' ? (item.approval.answer ?? []) : item));
  const userIds = new Set(authors.flatMap(({ userId }) => userId ?? []));
  const telegramIds = new Set(authors.flatMap(({ cause }) => causingAccount(cause) ?? []));
  const [people, accounts, reader] = await Promise.all([
    userNames(services, [...userIds]),
    accountNames(services, [...telegramIds]),
    // A private chat's id is its person's.
    chatId > 0 ? findLinkedPerson(services, chatId) : null,
  ]);
  return ({ userId = '', cause }) => {
    const account = causingAccount(cause);
    if (reader?.userId === userId && (account === null || account === chatId)) return 'you';
    return proseLine(accounts.get(account ?? 0) ?? people.get(userId) ?? 'Somebody', nameLimit);
  };
}
