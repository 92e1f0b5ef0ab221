import type { DeliveryStatus } from '#lib/core/notification.ts';
import type { Database } from '#lib/db/connect-database.ts';
import type { StoredNotification } from './due-notifications.ts';

/** A push that is this sender's to send until its lease is over. `target` is null when the device signed out or turned pushes off. */
export type Delivery = {
  subscriptionId: string;
  attempts: number;
  notification: StoredNotification;
  target: { endpoint: string; keys: { p256dh: string; auth: string } } | null;
};

/** Takes up to `limit` deliveries that are due, and those of a sender that has been silent for `leaseMs`. No two senders get the same one. */
export async function claimDeliveries({ sql }: Database, { limit, leaseMs }: { limit: number; leaseMs: number }): Promise<Delivery[]> {
  const rows = await sql<
    (StoredNotification & { subscriptionId: string; attempts: number; endpoint: string | null; p256dh: string; auth: string })[]
  >`
    with claimed as (
      update push_deliveries set status = 'sending', claimed_at = now(), attempts = attempts + 1
      where (notification_id, subscription_id) in (
        select notification_id, subscription_id from push_deliveries
        where (status = 'waiting' and due_at <= now()) or (status = 'sending' and claimed_at < now() - make_interval(secs => ${leaseMs / 1_000}))
        order by due_at limit ${limit} for update skip locked)
      returning notification_id, subscription_id, attempts)
    select claimed.subscription_id as "subscriptionId", claimed.attempts, s.endpoint, s.p256dh, s.auth,
      n.id, n.user_id as "userId", n.kind, n.thread_id as "threadId", n.run_id as "runId", n.approval_id as "approvalId", n.at
    from claimed
    join notifications n on n.id = claimed.notification_id
    left join (push_subscriptions s join credentials c on c.id = s.credential_id and c.revoked_at is null) on s.id = claimed.subscription_id`;
  return rows.map(({ subscriptionId, attempts, endpoint, p256dh, auth, ...notification }) => ({
    subscriptionId,
    attempts,
    notification,
    target: endpoint === null ? null : { endpoint, keys: { p256dh, auth } },
  }));
}

type Place = { notificationId: string; subscriptionId: string };

/** Writes down how a delivery ended; an expired subscription is removed with it. */
export async function endDelivery(
  { sql }: Database,
  { notificationId, subscriptionId }: Place,
  { status, problem = null }: { status: Exclude<DeliveryStatus, 'waiting' | 'sending'>; problem?: string | null },
): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`
      update push_deliveries set status = ${status}, problem = ${problem}, ended_at = now()
      where notification_id = ${notificationId} and subscription_id = ${subscriptionId}`;
    if (status === 'expired') await transaction`delete from push_subscriptions where id = ${subscriptionId}`;
  });
}

/** Puts a delivery back for `delayMs`. */
export async function retryDelivery(
  { sql }: Database,
  { notificationId, subscriptionId }: Place,
  { problem, delayMs }: { problem: string; delayMs: number },
): Promise<void> {
  await sql`
    update push_deliveries set status = 'waiting', problem = ${problem}, due_at = now() + make_interval(secs => ${delayMs / 1_000})
    where notification_id = ${notificationId} and subscription_id = ${subscriptionId}`;
}
