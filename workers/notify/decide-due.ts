import type { Services } from '#lib/context.ts';
import { decideNotification } from '#lib/notifications/decide-notification.ts';
import { type DueNotification, dueNotifications, settleNotification } from '#lib/notifications/due-notifications.ts';
import { isLookedAt } from '#lib/notifications/presence.ts';
import { quietUntil } from '#lib/notifications/quiet-hours.ts';
import { readNotificationSettings } from '#lib/notifications/settings.ts';
import { readThreadChoice } from '#lib/notifications/thread-choice.ts';
import { isOver } from './push-message.ts';

/** One that cannot be decided keeps no other waiting. */
const troubleMs = 60_000;

type Deciding = Pick<Services, 'database' | 'ledger'>;

/** Decides about every notification that is due: tell now, later or not at all. Says how many there were. */
export async function decideDue(services: Deciding): Promise<number> {
  const due = await dueNotifications(services.database);
  for (const notification of due)
    await decide(services, notification).catch(async (error: unknown) => {
      console.error(`Notification ${notification.id} waits: ${error instanceof Error ? error.message : error}`);
      await settleNotification(services.database, notification, { do: 'wait', until: new Date(Date.now() + troubleMs) });
    });
  return due.length;
}

async function decide({ database, ledger }: Deciding, notification: DueNotification): Promise<void> {
  const { userId, threadId, kind, at, ...about } = notification;
  const now = new Date();
  if (!threadId) return settleNotification(database, notification, { do: 'send' });
  const place = { userId, threadId };
  const [{ graceSeconds, quietHours }, choice, looked, state] = await Promise.all([
    readNotificationSettings({ database }, userId),
    readThreadChoice({ database }, place),
    isLookedAt(database, place),
    ledger.load(threadId),
  ]);
  const decision = decideNotification({
    ...{ kind, choice, at, now, graceSeconds },
    quietUntil: quietUntil(quietHours, now),
    isLookedAt: looked,
    isOver: isOver(state, about),
  });
  await settleNotification(database, notification, decision);
}
