import type { Database } from '#lib/db/connect-database.ts';

/**
 * An update of Telegram as it came. `epoch`: the start of the bot that took it in. `begun`: an earlier bot took it up and may have died over it.
 * `lane`: what it comes in order with, the taps of a person in a chat (`tap ...`) or the messages of a chat.
 */
export type InboxEntry = { updateId: number; payload: unknown; epoch: string; begun: boolean; lane: string };

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

/** `inHand`: updates that are being worked off. `fullLanes` wait for what is in hand of them; with `tapsOnly` everything else does. */
export type TakeUp = { limit: number; inHand: number[]; fullLanes: string[]; tapsOnly: boolean };

/**
 * The next updates that are neither done nor in hand, wherever their numbers stand: a webhook delivers side by side, after a quiet week Telegram starts
 * elsewhere, and an earlier bot may have died over some. From now on they count as begun.
 */
export async function takeUp({ sql }: Database, { limit, inHand, fullLanes, tapsOnly }: TakeUp): Promise<InboxEntry[]> {
  const rows = await sql<{ update_id: string; payload: unknown; epoch: string; lane: string; begun: boolean }[]>`
    with open as (
      select update_id, payload, epoch, begun_at is not null as begun, coalesce(
        'tap ' || (payload #>> '{callback_query,from,id}') || coalesce(' ' || (payload #>> '{callback_query,message,chat,id}'), ''),
        'chat ' || coalesce(payload #>> '{message,chat,id}', payload #>> '{edited_message,chat,id}'),
        'update ' || update_id) as lane
      from telegram_updates where done_at is null and update_id <> all(${inHand}::bigint[])),
    next as (
      select * from open where lane <> all(${fullLanes}::text[]) and (lane like 'tap %' or not ${tapsOnly}) order by update_id limit ${limit}),
    taken as (update telegram_updates set begun_at = now() where update_id in (select update_id from next where not begun))
    select * from next order by update_id`;
  return rows.map(({ update_id, ...row }) => ({ updateId: Number(update_id), ...row }));
}

/** They were worked off: only their ids are kept, so that none comes in again. */
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
