import { AckPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { z } from 'zod';
import { readMessage } from './read-message.ts';
import { jobConsumer, jobStream, subjects } from './streams.ts';

/** "This run needs a worker." `key` tells two asks apart: the same key within two minutes is one ask. */
export const Job = z.object({ threadId: z.string(), runId: z.string(), key: z.string() });
export type Job = z.infer<typeof Job>;

const ackWaitMs = 15_000;

export function jobQueue(connection: NatsConnection) {
  return {
    async enqueue(job: Job): Promise<void> {
      await jetstream(connection).publish(subjects.job, JSON.stringify(job), { msgID: job.key });
    },

    async takeJobs(
      work: (job: Job, signal: AbortSignal) => Promise<void>,
      { signal, concurrency }: { signal: AbortSignal; concurrency: number },
    ): Promise<void> {
      const manager = await jetstreamManager(connection);
      await manager.consumers.add(jobStream, {
        durable_name: jobConsumer,
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(ackWaitMs),
        max_ack_pending: 1_000,
      });
      const consumer = await jetstream(connection).consumers.get(jobStream, jobConsumer);
      const messages = await consumer.consume({ max_messages: concurrency });
      const stop = () => messages.stop();
      signal.addEventListener('abort', stop, { once: true });
      const working = new Set<Promise<void>>();
      try {
        for await (const message of messages) {
          const task = handle(message, work, signal).finally(() => working.delete(task));
          working.add(task);
          if (working.size >= concurrency) await Promise.race(working);
        }
      } finally {
        signal.removeEventListener('abort', stop);
        await Promise.all(working);
      }
    },
  };
}

/** A job is acknowledged whether its work succeeded or threw: the sweep asks again for a run that still needs a worker. */
async function handle(message: JsMsg, work: (job: Job, signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
  const job = readMessage(Job, message);
  if (!job) {
    message.term();
    return;
  }
  const stillWorking = setInterval(() => message.working(), ackWaitMs / 3);
  try {
    await work(job, signal);
  } finally {
    clearInterval(stillWorking);
    message.ack();
  }
}
