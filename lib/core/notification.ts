import { z } from 'zod';

/** What a person may be told of. `approval`: act or not; `question`: words are wanted; `limit`: money, time or steps are used up. */
export const notificationKinds = ['approval', 'question', 'limit', 'done', 'failed', 'test'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** What a person wants to hear of a thread. */
export const notificationChoiceNames = ['all', 'questions', 'none'] as const;
export type NotificationChoice = (typeof notificationChoiceNames)[number];

export const deliveryStatuses = ['waiting', 'sending', 'accepted', 'failed', 'expired', 'skipped'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'A time is HH:MM.');

/** From `from` to `to` on the clock of `timeZone`, over midnight when `to` is the earlier one. */
export const QuietHours = z
  .object({ from: clock, to: clock, timeZone: z.string().max(80).refine(isTimeZone, 'There is no such time zone.') })
  .refine(({ from, to }) => from !== to, 'Quiet hours begin and end at different times.');
export type QuietHours = z.infer<typeof QuietHours>;

export const NotificationSettings = z.object({
  quietHours: QuietHours.nullable().default(null),
  graceSeconds: z.number().int().min(0).max(600).default(10).describe('how long an answer or a look may make a notification needless'),
  escalateMinutes: z
    .number()
    .int()
    .min(0)
    .max(1_440)
    .nullable()
    .default(5)
    .describe('a question that nobody answered on a device by then goes to Telegram; 0: at once, null: never'),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What a push carries to the service worker of a device. `tag`: one notification stands for each. `question`: it may be answered right there, by `userId`. */
export const PushPayload = z.object({
  id: z.string(),
  kind: z.enum(notificationKinds),
  tag: z.string(),
  url: z.string().startsWith('/'),
  title: z.string(),
  body: z.string(),
  at: z.iso.datetime(),
  badge: z.number().int().nonnegative(),
  question: z.object({ approvalId: z.string(), actionHash: z.string(), userId: z.string() }).optional(),
});
export type PushPayload = z.infer<typeof PushPayload>;
