import { jetstreamManager } from '@nats-io/jetstream';
import type { Bus } from './connect-bus.ts';
import { jobConsumer, jobStream } from './streams.ts';

/** Whether some worker waits for jobs or works on one. A worker that died while working counts until its ack deadline. Throws when NATS is away. */
export async function isWorkerPresent(bus: Bus): Promise<boolean> {
  const manager = await jetstreamManager(bus.connection, { checkAPI: false, timeout: 2_000 });
  const consumer = await manager.consumers.info(jobStream, jobConsumer).catch((error: unknown) => {
    if (error instanceof Error && /consumer not found/i.test(error.message)) return null;
    throw error;
  });
  return consumer !== null && consumer.num_waiting + consumer.num_ack_pending > 0;
}
