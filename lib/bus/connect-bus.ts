import { readFileSync } from 'node:fs';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { LedgerEvent } from '#lib/core/event.ts';
import { hideRunTokens } from '#lib/core/storable.ts';
import { type Job, jobQueue } from './job-queue.ts';
import { readMessage } from './read-message.ts';
import { ensureStreams, subjects } from './streams.ts';
import { createTypingLimit } from './typing-limit.ts';

/** Text as it is typed: shown while a call runs, never stored. */
export const TypingFrame = z.object({
  runId: z.string(),
  callId: z.string(),
  stream: z.enum(['stdout', 'stderr', 'text']),
  text: z.string(),
});
export type TypingFrame = z.infer<typeof TypingFrame>;

export type Subscription<Value> = AsyncIterable<Value> & { close(): void };

export type Bus = {
  connection: NatsConnection;
  /**
   * Resolves when JetStream has the event; sending the same event again within two minutes changes nothing. One that is larger than the server
   * takes is passed over: no try would ever succeed, and who listens reads it from the ledger when the next one shows the gap.
   */
  publishEvent(workspaceId: string, event: LedgerEvent): Promise<void>;
  /** Of what a thread types faster than it can be shown, a part is left out. */
  publishTyping(workspaceId: string, threadId: string, frame: TypingFrame): void;
  /**
   * Events as they happen; `*` stands for every workspace or thread. Nothing is replayed: read the ledger for what came before. What this version
   * cannot read, such as an event of a newer one, is passed over.
   */
  follow(workspaceId: string, threadId: string): Subscription<LedgerEvent>;
  enqueue(job: Job): Promise<void>;
  /** Hands out jobs until `signal` aborts, at most `concurrency` at once; a job counts as done when `work` resolves. */
  takeJobs(work: (job: Job, signal: AbortSignal) => Promise<void>, options: { signal: AbortSignal; concurrency: number }): Promise<void>;
  close(): Promise<void>;
};

/** What NATS counts besides the body: the message id and the names of its headers. */
const headerBytes = 1_024;

export type BusOptions = { url: string; credsFile?: string; name: string };

/** Connects for good: reconnects until `close`. Throws when the first connection cannot be made. */
export async function connectBus({ url, credsFile, name }: BusOptions): Promise<Bus> {
  const authenticator = credsFile ? credsAuthenticator(new Uint8Array(readFileSync(credsFile))) : undefined;
  const connection = await connect({
    servers: url,
    name,
    authenticator,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: false,
  });
  try {
    await ensureStreams(await jetstreamManager(connection));
  } catch (error) {
    await connection.close();
    throw error;
  }
  const stream = jetstream(connection);
  const queue = jobQueue(connection);
  const hasRoom = createTypingLimit();
  return {
    connection,
    async publishEvent(workspaceId, event) {
      const body = JSON.stringify(event);
      if (Buffer.byteLength(body) + headerBytes > (connection.info?.max_payload ?? Number.POSITIVE_INFINITY)) return;
      await stream.publish(subjects.event(workspaceId, event.threadId), body, { msgID: event.id });
    },
    publishTyping(workspaceId, threadId, frame) {
      if (!connection.isClosed() && hasRoom(threadId, frame.text.length))
        connection.publish(subjects.typing(workspaceId, threadId), JSON.stringify({ ...frame, text: hideRunTokens(frame.text) }));
    },
    follow(workspaceId, threadId) {
      const subscription = connection.subscribe(subjects.live(workspaceId, threadId));
      return {
        close: () => subscription.unsubscribe(),
        async *[Symbol.asyncIterator]() {
          for await (const message of subscription) {
            const event = readMessage(LedgerEvent, message);
            if (event) yield event;
          }
        },
      };
    },
    enqueue: queue.enqueue,
    takeJobs: queue.takeJobs,
    async close() {
      if (!connection.isClosed()) await connection.drain().catch(() => connection.close());
    },
  };
}
