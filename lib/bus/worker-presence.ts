import { type ConsumerInfo, jetstreamManager } from '@nats-io/jetstream';
import type { Bus } from './connect-bus.ts';
import { jobConsumer, jobStream } from './streams.ts';

/** Whether some worker waits for jobs or works on one. A worker that died while working counts until its ack deadline. Throws when NATS is away. */
export async function isWorkerPresent(bus: Bus): Promise<boolean> {
  const consumer = await readConsumer(bus);
  return consumer !== null && consumer.num_waiting + consumer.num_ack_pending > 0;
}

/** Jobs that no worker has taken yet: all workers are busy. Throws when NATS is away. */
export async function countWaitingJobs(bus: Bus): Promise<number> {
  return (await readConsumer(bus))?.num_pending ?? 0;
}

/** Null when no worker ever asked for jobs. */
async function readConsumer(bus: Bus): Promise<ConsumerInfo | null> {
  const manager = await jetstreamManager(bus.connection, { checkAPI: false, timeout: 2_000 });
  return manager.consumers.info(jobStream, jobConsumer).catch((error: unknown) => {
    if (error instanceof Error && /consumer not found/i.test(error.message)) return null;
    throw error;
  });
}
