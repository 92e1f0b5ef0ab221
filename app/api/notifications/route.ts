import { requirePerson } from '#lib/auth/require-person.ts';
import { listNotifications } from '#lib/notifications/list-notifications.ts';
import { readNotificationSettings } from '#lib/notifications/settings.ts';
import { vapidKeys } from '#lib/notifications/vapid-keys.ts';
import { listNotificationsOperation } from '../_contract/notifications.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listNotificationsOperation, async (context) => ({
  publicKey: vapidKeys(context.home).publicKey,
  settings: await readNotificationSettings(context, requirePerson(context.actor).userId),
  ...(await listNotifications(context)),
}));
