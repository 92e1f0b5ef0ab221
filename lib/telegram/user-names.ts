import type { Database } from '#lib/db/connect-database.ts';

/**
 * What these people are called in a chat, by their ids: by their name in Telegram. Where several accounts speak for one person, the ledger does not
 * say which of them did, so all are named.
 */
export async function userNames({ database }: { database: Database }, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await database.sql<{ id: string; name: string; accounts: string[] }[]>`
    select users.id, users.name, array_remove(array_agg(account.name order by account.linked_at), null) as accounts
    from users left join telegram_accounts account on account.user_id = users.id where users.id = any(${userIds}) group by users.id`;
  return new Map(rows.map(({ id, name, accounts }) => [id, accounts.map(withoutHandle).join(' or ') || name]));
}

function withoutHandle(name: string): string {
  return name.replace(/ \(@\w+\)$/, '');
}
