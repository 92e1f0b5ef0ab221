import type { DeliveryStatus } from '#lib/core/notification.ts';

/** How a push went, in words for the person. */
export const deliveryWords: Record<DeliveryStatus, string> = {
  waiting: 'Waiting to be sent.',
  sending: 'Being sent.',
  accepted: 'Sent: the push service of this device has taken it.',
  failed: 'Not delivered.',
  expired: 'The device takes no notifications any more, and was removed.',
  skipped: 'Not sent.',
};
