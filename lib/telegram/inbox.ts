import type { Database } from '#lib/db/connect-database.ts';

/** An update of Telegram as it came. `begun`: an earlier bot took it up and may have died over it. `epoch`: the start of the bot that took it in. */
export type InboxEntry = { updateId: number; payload: unknown; epoch: string; begun: boolean };

const keptDays = 3;

/** Keeps updates before Telegram is told that they arrived; one that is known already changes nothing. Returns how many were new. */
export async function takeIn({ sql }: Database, epoch: string, updates: { update_id: number }[]): Promise<number> {
  if (updates.length === 0) return 0;
  const records = JSON.stringify(updates, storable);
  const rows = await sql`
    insert into telegram_updates (update_id, payload, epoch)
    select (u->>'update_id')::bigint, u, ${epoch} from jsonb_array_elements(${records}::text::jsonb) u
    on conflict do nothing returning 1`;
  return rows.length;
}

/**
 * Takes up what nobody has begun, wherever its number stands (a webhook delivers side by side, and after a quiet week Telegram starts elsewhere), and
 * what an earlier bot left half done behind `after`; from now on it counts as begun.
 */
export async function takeUp({ sql }: Database, after: number, limit: number): Promise<InboxEntry[]> {
  const rows = await sql<{ update_id: string; payload: unknown; epoch: string; begun: boolean }[]>`
    with next as (
      select update_id, payload, epoch, begun_at is not null as begun from telegram_updates
      where done_at is null and (begun_at is null or update_id > ${after}) order by update_id limit ${limit}),
    taken as (update telegram_updates set begun_at = now() where update_id in (select update_id from next where not begun))
    select * from next order by update_id`;
  return rows.map(({ update_id, ...row }) => ({ updateId: Number(update_id), ...row }));
}

export async function finishUpdates({ sql }: Database, updateIds: number[]): Promise<void> {
  await sql`update telegram_updates set done_at = now(), payload = 'null' where update_id = any(${updateIds}::bigint[])`;
}

/** The id behind the newest update that was taken in, from which Telegram is asked on; undefined before the first. */
export async function nextUpdateId({ sql }: Database): Promise<number | undefined> {
  const [row] = await sql<
    { newest: string | null }[]
  >`select max(update_id) as newest from telegram_updates where received_at > now() - interval '1 day'`;
  return row?.newest ? Number(row.newest) + 1 : undefined;
}

/** Telegram keeps no update for longer than a day, so nothing older comes again. */
export async function forgetUpdates({ sql }: Database): Promise<void> {
  await sql`delete from telegram_updates where done_at < now() - make_interval(days => ${keptDays})`;
}

/** PostgreSQL holds neither NUL nor half a surrogate pair, and one such update must not keep out those behind it. */
function storable(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
}
