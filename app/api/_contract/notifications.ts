import { z } from 'zod';
import { deliveryStatuses, NotificationSettings, notificationChoiceNames, notificationKinds } from '#lib/core/notification.ts';
import { PushSubscriptionInput } from '#lib/notifications/subscribe-device.ts';
import { operation } from './operation.ts';
import { ThreadParams } from './threads.ts';

const NotificationRow = z.object({
  notificationId: z.string(),
  kind: z.enum(notificationKinds),
  threadId: z.string().nullable(),
  threadTitle: z.string().nullable(),
  at: z.iso.datetime(),
  status: z.enum(['waiting', 'sent', 'dropped']),
  reason: z.string().nullable().describe('why nobody was told'),
  deliveries: z.array(
    z.object({
      deviceName: z.string(),
      status: z.enum(deliveryStatuses),
      attempts: z.number().int(),
      problem: z.string().nullable(),
    }),
  ),
});
const Choice = z.object({ choice: z.enum(notificationChoiceNames) });

export const listNotificationsOperation = operation({
  method: 'GET',
  path: '/api/notifications',
  summary: 'What you were told lately, how each push went, and how you want to be told',
  status: 200,
  reply: z.object({
    publicKey: z.string().describe('`applicationServerKey` for a push subscription'),
    subscribed: z.boolean().describe('the device that asks takes pushes'),
    settings: NotificationSettings,
    notifications: z.array(NotificationRow),
  }),
});

export const setNotificationSettingsOperation = operation({
  method: 'PUT',
  path: '/api/notifications/settings',
  summary: 'Say when and how you want to be told',
  body: NotificationSettings,
  status: 200,
  reply: NotificationSettings,
});

export const requestTestOperation = operation({
  method: 'POST',
  path: '/api/notifications/test',
  summary: 'Send a notification to the device that asks',
  status: 201,
  reply: z.object({ notificationId: z.string() }),
});

export const markPresenceOperation = operation({
  method: 'PUT',
  path: '/api/notifications/presence',
  summary: 'Say which thread this device shows now',
  description: 'Good for 45 seconds: what happens in a thread that one looks at is no news.',
  body: z.object({ threadId: z.string().max(200).nullable() }),
  status: 204,
});

export const subscribeDeviceOperation = operation({
  method: 'PUT',
  path: '/api/push/subscription',
  summary: 'Let this device take pushes',
  description: 'With the session of a device only. The endpoint is https on a public address.',
  body: PushSubscriptionInput,
  status: 200,
  reply: z.object({ subscriptionId: z.string() }),
});

export const unsubscribeDeviceOperation = operation({
  method: 'DELETE',
  path: '/api/push/subscription',
  summary: 'Send this device no more pushes',
  status: 204,
});

export const getThreadChoiceOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/notifications',
  summary: 'What you hear of a thread',
  params: ThreadParams,
  status: 200,
  reply: Choice,
});

export const setThreadChoiceOperation = operation({
  method: 'PUT',
  path: '/api/threads/{threadId}/notifications',
  summary: 'Choose what you hear of a thread, whoever gave its goal',
  params: ThreadParams,
  body: Choice,
  status: 204,
});
