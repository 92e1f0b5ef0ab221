import type { Database } from '#lib/db/connect-database.ts';

/**
 * What these people are called in a chat, by their ids: by their name in Telegram, where one account speaks for them; with several of them, which may be
 * people of their own, by the person's own name.
 */
export async function userNames({ database }: { database: Database }, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await database.sql<{ id: string; name: string; accounts: string[] }[]>`
    select users.id, users.name, array_remove(array_agg(account.name), null) as accounts
    from users left join telegram_accounts account on account.user_id = users.id where users.id = any(${userIds}) group by users.id`;
  return new Map(rows.map(({ id, name, accounts }) => [id, accounts.length === 1 ? withoutHandle(accounts[0] ?? name) : name]));
}

/** What linked accounts are called, by their Telegram ids. */
export async function accountNames({ database }: { database: Database }, telegramIds: number[]): Promise<Map<number, string>> {
  if (telegramIds.length === 0) return new Map();
  const rows = await database.sql<{ telegramId: number; name: string }[]>`
    select telegram_id::float8 as "telegramId", name from telegram_accounts where telegram_id = any(${telegramIds}::bigint[])`;
  return new Map(rows.map(({ telegramId, name }) => [telegramId, withoutHandle(name)]));
}

function withoutHandle(name: string): string {
  return name.replace(/ \(@\w+\)$/, '');
}
