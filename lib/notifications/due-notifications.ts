import type { NotificationKind } from '#lib/core/notification.ts';
import type { Database } from '#lib/db/connect-database.ts';
import type { NotificationDecision } from './decide-notification.ts';

export type StoredNotification = {
  id: string;
  userId: string;
  kind: NotificationKind;
  threadId: string | null;
  runId: string | null;
  approvalId: string | null;
  at: Date;
};

/** `dueAt`: to the microsecond, to see whether it was hastened since. */
export type DueNotification = StoredNotification & { dueAt: string };

const atOnce = 100;

/** Notifications about which it is to be decided now, oldest first. */
export async function dueNotifications({ sql }: Database): Promise<DueNotification[]> {
  return sql<DueNotification[]>`
    select id, user_id as "userId", kind, thread_id as "threadId", run_id as "runId", approval_id as "approvalId", at, due_at::text as "dueAt"
    from notifications where status = 'waiting' and due_at <= now() order by due_at limit ${atOnce}`;
}

/**
 * Carries out what was decided, once: what another worker decided meanwhile stands, and so does an answer that came meanwhile. Sending makes one
 * delivery for each device.
 */
export async function settleNotification(
  { sql }: Database,
  { id, dueAt }: Pick<DueNotification, 'id' | 'dueAt'>,
  decision: NotificationDecision,
): Promise<void> {
  if (decision.do === 'wait') {
    await sql`
      update notifications set due_at = ${decision.until} where id = ${id} and status = 'waiting' and due_at = ${dueAt}::text::timestamptz`;
    return;
  }
  if (decision.do === 'drop') {
    await sql`update notifications set status = 'dropped', reason = ${decision.reason} where id = ${id} and status = 'waiting'`;
    return;
  }
  await sql`
    with sent as (update notifications set status = 'sent' where id = ${id} and status = 'waiting' returning id, user_id, credential_id)
    insert into push_deliveries (notification_id, subscription_id, device_name)
    select sent.id, s.id, c.name
    from sent
    join credentials c on c.user_id = sent.user_id and c.revoked_at is null and (c.expires_at is null or c.expires_at > now())
    join push_subscriptions s on s.credential_id = c.id
    where sent.credential_id is null or sent.credential_id = c.id`;
}

/** What a person was told stays to be looked up for a month. */
export async function forgetOldNotifications({ sql }: Database): Promise<void> {
  await sql`delete from notifications where at < now() - interval '30 days'`;
}

/** A question was answered or taken back: what waits to be told of it is decided at once. */
export async function hastenNotification({ sql }: Database, approvalId: string): Promise<void> {
  await sql`update notifications set due_at = now() where approval_id = ${approvalId} and status = 'waiting'`;
}
