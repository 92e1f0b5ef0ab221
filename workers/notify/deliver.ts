import type { Services } from '#lib/context.ts';
import { claimDeliveries, type Delivery, endDelivery, retryDelivery } from '#lib/notifications/deliveries.ts';
import { pushMessage } from './push-message.ts';
import type { PushSender } from './send-push.ts';

type Delivering = Pick<Services, 'database' | 'ledger' | 'home'> & { sender: PushSender; leaseMs: number };

const atOnce = 16;
const attemptLimit = 6;
const firstRetryMs = 5_000;

/**
 * Sends what is due; says how many deliveries it took. A push is sent once, unless the sender dies between the send and this note of it, or hears no
 * answer: then once more, and the device shows it in the place of the first.
 */
export async function deliverDue(services: Delivering): Promise<number> {
  const claimed = await claimDeliveries(services.database, { limit: atOnce, leaseMs: services.leaseMs });
  await Promise.all(claimed.map((delivery) => deliver(services, delivery)));
  return claimed.length;
}

/** What it says could not be made: later, as with a push service that is busy. */
const unsaid = { status: 'again', problem: 'It could not be put into words.', afterMs: null } as const;

async function deliver(services: Delivering, { notification, subscriptionId, attempts, target }: Delivery): Promise<void> {
  const { database, sender } = services;
  const place = { notificationId: notification.id, subscriptionId };
  if (!target) return endDelivery(database, place, { status: 'skipped', problem: 'The device takes no pushes any more.' });
  const message = await pushMessage(services, notification).catch(() => unsaid);
  if (!message) return endDelivery(database, place, { status: 'skipped', problem: 'It was over before it was sent.' });
  const outcome = 'status' in message ? message : await sender.send(target, message);
  if (outcome.status !== 'again') return endDelivery(database, place, outcome);
  const { problem, afterMs } = outcome;
  if (attempts >= attemptLimit) return endDelivery(database, place, { status: 'failed', problem });
  return retryDelivery(database, place, { problem, delayMs: afterMs ?? firstRetryMs * 2 ** (attempts - 1) });
}
