import { setTimeout as sleep } from 'node:timers/promises';
import { AckPolicy, type Consumer, DeliverPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { LedgerEvent } from '#lib/core/event.ts';
import type { Bus } from './connect-bus.ts';
import { readMessage } from './read-message.ts';
import { eventStream } from './streams.ts';

const pullMs = 30_000;
const ackWaitMs = 30_000;
const retryAfterMs = 1_000;

/**
 * Hands every event that the stream holds to `work` until `signal` aborts, each to one of the processes that ask under the same `name`: what came while
 * none did is handed out later, and what `work` throws on is handed out again. At least once, so `work` must take a second time well.
 */
export async function followDurably(
  { connection }: Bus,
  name: string,
  work: (event: LedgerEvent) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let consumer: Consumer | undefined;
  while (!signal.aborted && !connection.isClosed()) {
    try {
      consumer ??= await openConsumer(connection, name);
      const messages = await consumer.fetch({ max_messages: 100, expires: pullMs });
      const stop = () => messages.stop();
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      for await (const message of messages) await handle(message, work);
      signal.removeEventListener('abort', stop);
    } catch {
      consumer = undefined;
      await sleep(retryAfterMs, undefined, { signal }).catch(() => {});
    }
  }
}

async function openConsumer(connection: Bus['connection'], name: string): Promise<Consumer> {
  const manager = await jetstreamManager(connection);
  await manager.consumers.add(eventStream, {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
  });
  return jetstream(connection).consumers.get(eventStream, name);
}

async function handle(message: JsMsg, work: (event: LedgerEvent) => Promise<void>): Promise<void> {
  const event = readMessage(LedgerEvent, message);
  if (!event) return message.term();
  try {
    await work(event);
    message.ack();
  } catch {
    message.nak(retryAfterMs);
  }
}
