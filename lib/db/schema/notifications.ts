import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { deliveryStatuses, notificationChoiceNames, notificationKinds, type QuietHours } from '#lib/core/notification.ts';
import { instant } from './columns.ts';
import { credentials, users } from './people.ts';
import { threads } from './threads.ts';

/** When and how a person is told that something needs them. No row: the defaults of `NotificationSettings`. */
export const notificationSettings = pgTable('notification_settings', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  quietHours: jsonb('quiet_hours').$type<QuietHours>(),
  graceSeconds: integer('grace_seconds').notNull(),
  escalateMinutes: integer('escalate_minutes'),
});

/** What a person wants to hear of one thread, where it is not everything. */
export const notificationChoices = pgTable(
  'notification_choices',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    choice: text('choice', { enum: notificationChoiceNames }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.threadId] })],
);

/** Where a signed-in device takes pushes: one each, good as long as its credential is. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: text('id').primaryKey(),
    credentialId: text('credential_id')
      .notNull()
      .references(() => credentials.id, { onDelete: 'cascade' }),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('push_subscriptions_credential').on(table.credentialId),
    uniqueIndex('push_subscriptions_endpoint').on(table.endpoint),
  ],
);

/** Which thread a device showed to its person when it last said so. */
export const devicePresence = pgTable('device_presence', {
  credentialId: text('credential_id')
    .primaryKey()
    .references(() => credentials.id, { onDelete: 'cascade' }),
  threadId: text('thread_id'),
  seenAt: instant('seen_at').notNull(),
});

/** Something that a person should hear of, once for each event. `dueAt`: when it is next decided whether they still should. */
export const notifications = pgTable(
  'notifications',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    eventId: text('event_id').notNull(),
    kind: text('kind', { enum: notificationKinds }).notNull(),
    threadId: text('thread_id'),
    runId: text('run_id'),
    approvalId: text('approval_id'),
    /** Only this device is told: it asked for a test. */
    credentialId: text('credential_id'),
    at: instant('at').notNull(),
    dueAt: instant('due_at').notNull(),
    status: text('status', { enum: ['waiting', 'sent', 'dropped'] })
      .notNull()
      .default('waiting'),
    reason: text('reason'),
  },
  (table) => [
    uniqueIndex('notifications_event_user').on(table.eventId, table.userId),
    index('notifications_due').on(table.dueAt).where(sql`status = 'waiting'`),
    index('notifications_user').on(table.userId, table.at.desc()),
    index('notifications_approval').on(table.approvalId).where(sql`approval_id is not null`),
  ],
);

/** One push to one device, and what its push service said. A sender that died while sending has left `claimedAt`. */
export const pushDeliveries = pgTable(
  'push_deliveries',
  {
    notificationId: text('notification_id')
      .notNull()
      .references(() => notifications.id, { onDelete: 'cascade' }),
    /** Outlives the subscription, so that an expired one still shows. */
    subscriptionId: text('subscription_id').notNull(),
    deviceName: text('device_name').notNull(),
    status: text('status', { enum: deliveryStatuses }).notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: instant('due_at').notNull().defaultNow(),
    claimedAt: instant('claimed_at'),
    endedAt: instant('ended_at'),
    problem: text('problem'),
  },
  (table) => [
    primaryKey({ columns: [table.notificationId, table.subscriptionId] }),
    index('push_deliveries_due').on(table.dueAt).where(sql`status in ('waiting', 'sending')`),
  ],
);
