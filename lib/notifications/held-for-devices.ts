import type { Database } from '#lib/db/connect-database.ts';
import { quietUntil } from './quiet-hours.ts';
import { readNotificationSettings } from './settings.ts';
import { readThreadChoice } from './thread-choice.ts';

export type OpenQuestion = { userId: string; threadId: string; approvalId: string; requestedAt: Date };

/**
 * Whether an open question is kept from this person's Telegram at `now`: they muted its thread, they have quiet hours, or it waits for an answer on one of
 * their devices first. Nothing is waited for where no device takes pushes, or none could be reached.
 */
export async function isHeldForDevices(
  database: Database,
  { userId, threadId, approvalId, requestedAt }: OpenQuestion,
  now = new Date(),
): Promise<boolean> {
  const [settings, choice] = await Promise.all([
    readNotificationSettings({ database }, userId),
    readThreadChoice({ database }, { userId, threadId }),
  ]);
  if (choice === 'none' || quietUntil(settings.quietHours, now)) return true;
  const { escalateMinutes } = settings;
  if (escalateMinutes !== null && now.getTime() - requestedAt.getTime() >= escalateMinutes * 60_000) return false;
  return hasReachableDevice(database, userId, approvalId);
}

async function hasReachableDevice({ sql }: Database, userId: string, approvalId: string): Promise<boolean> {
  const rows = await sql`
    select 1 from push_subscriptions s join credentials c on c.id = s.credential_id
    where c.user_id = ${userId} and c.revoked_at is null and (c.expires_at is null or c.expires_at > now())
      and not exists (
        select 1 from push_deliveries d join notifications n on n.id = d.notification_id
        where d.subscription_id = s.id and n.approval_id = ${approvalId} and d.status = 'failed')
    limit 1`;
  return rows.length > 0;
}
