import type { Database } from '#lib/db/connect-database.ts';

const mostNamed = 2;

/**
 * What these people are called in a chat, by their ids: by their name in Telegram. Where several accounts speak for one person, the ledger does not
 * say which of them did, so both are named; of more of them the person's own name is clearer.
 */
export async function userNames({ database }: { database: Database }, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await database.sql<{ id: string; name: string; accounts: string[] }[]>`
    select users.id, users.name, array_remove(array_agg(account.name order by account.linked_at), null) as accounts
    from users left join telegram_accounts account on account.user_id = users.id where users.id = any(${userIds}) group by users.id`;
  return new Map(
    rows.map(({ id, name, accounts }) => {
      const called = [...new Set(accounts.map(withoutHandle))];
      return [id, called.length === 0 || called.length > mostNamed ? name : called.join(' or ')];
    }),
  );
}

function withoutHandle(name: string): string {
  return name.replace(/ \(@\w+\)$/, '');
}
