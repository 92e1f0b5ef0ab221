import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { DeliveryStatus, NotificationKind } from '#lib/core/notification.ts';

export type NotificationRow = {
  notificationId: string;
  kind: NotificationKind;
  threadId: string | null;
  threadTitle: string | null;
  at: string;
  status: 'waiting' | 'sent' | 'dropped';
  reason: string | null;
  deliveries: { deviceName: string; status: DeliveryStatus; attempts: number; problem: string | null }[];
};

/** What the person who asks was told lately and how each push went, newest first; and whether the device that asks takes pushes. */
export async function listNotifications({
  database,
  actor,
}: Pick<Context, 'database' | 'actor'>): Promise<{ subscribed: boolean; notifications: NotificationRow[] }> {
  const { userId, credentialId } = requirePerson(actor);
  const [subscriptions, rows] = await Promise.all([
    database.sql`select 1 from push_subscriptions where credential_id = ${credentialId}`,
    database.sql<(Omit<NotificationRow, 'at'> & { at: Date })[]>`
      select n.id as "notificationId", n.kind, n.thread_id as "threadId", t.title as "threadTitle", n.at, n.status, n.reason,
        coalesce((select jsonb_agg(jsonb_build_object('deviceName', d.device_name, 'status', d.status, 'attempts', d.attempts, 'problem', d.problem)
          order by d.device_name) from push_deliveries d where d.notification_id = n.id), '[]') as deliveries
      from notifications n left join threads t on t.id = n.thread_id
      where n.user_id = ${userId} order by n.at desc, n.id limit 20`,
  ]);
  return { subscribed: subscriptions.length > 0, notifications: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
}
