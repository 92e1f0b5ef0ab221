import { setTimeout as sleep } from 'node:timers/promises';
import { type Consumer, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { readMessage } from './read-message.ts';
import { ensureJobConsumer, jobAckWaitMs, jobConsumer, jobStream, subjects } from './streams.ts';

/** "This run needs a worker." `key` tells two asks apart: the same key within two minutes is one ask. */
export const Job = z.object({ threadId: z.string(), runId: z.string(), key: z.string() });
export type Job = z.infer<typeof Job>;

type Work = (job: Job, signal: AbortSignal) => Promise<void>;

const pullMs = 30_000;
const retryAfterMs = 250;

/** The queue of runs that need a worker, over the stream `JOBS`. */
export function jobQueue(connection: NatsConnection) {
  return {
    async enqueue(job: Job): Promise<void> {
      await jetstream(connection).publish(subjects.job, JSON.stringify(job), { msgID: job.key });
    },

    /** Asks for a job only when it can begin at once: one that was fetched ahead would wait behind long runs while another worker idles. */
    async takeJobs(work: Work, { signal, concurrency }: { signal: AbortSignal; concurrency: number }): Promise<void> {
      let consumer = await openConsumer(connection);
      const working = new Set<Promise<void>>();
      try {
        while (!signal.aborted && !connection.isClosed()) {
          try {
            const message = await nextMessage(consumer, signal);
            if (!message) continue;
            const task = handle(message, work, signal).finally(() => working.delete(task));
            working.add(task);
          } catch {
            await sleep(retryAfterMs, undefined, { signal }).catch(() => {});
            consumer = await openConsumer(connection).catch(() => consumer);
          }
          if (working.size >= concurrency) await Promise.race(working);
        }
      } finally {
        await Promise.all(working);
      }
    },
  };
}

async function openConsumer(connection: NatsConnection): Promise<Consumer> {
  await ensureJobConsumer(await jetstreamManager(connection));
  return jetstream(connection).consumers.get(jobStream, jobConsumer);
}

/** Null when none came for a while, or `signal` aborted. Throws when NATS is away or lost the consumer. */
async function nextMessage(consumer: Consumer, signal: AbortSignal): Promise<JsMsg | null> {
  const messages = await consumer.fetch({ max_messages: 1, expires: pullMs });
  const stop = () => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const message of messages) return message;
    return null;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A job is acknowledged whether its work succeeded or threw: the sweep asks again for a run that still needs a worker. */
async function handle(message: JsMsg, work: Work, signal: AbortSignal): Promise<void> {
  const job = readMessage(Job, message);
  if (!job) {
    message.term();
    return;
  }
  const stillWorking = setInterval(() => message.working(), jobAckWaitMs / 3);
  try {
    await work(job, signal);
  } finally {
    clearInterval(stillWorking);
    message.ack();
  }
}
