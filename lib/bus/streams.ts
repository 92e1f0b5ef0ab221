import {
  AckPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

export const eventStream = 'EVENTS';
export const jobStream = 'JOBS';
export const jobConsumer = 'workers';
export const jobAckWaitMs = 15_000;

export const subjects = {
  event: (workspaceId: string, threadId: string) => `ev.${workspaceId}.${threadId}`,
  live: (workspaceId: string, threadId: string) => `live.${workspaceId}.${threadId}`,
  /** Below `live`, so that devices hear it. No thread is called so. */
  list: (workspaceId: string, userId: string) => `live.${workspaceId}.list.${userId}`,
  typing: (workspaceId: string, threadId: string) => `typing.${workspaceId}.${threadId}`,
  job: 'jobs.run',
};

const week = 7 * 24 * 3_600_000;

/** PostgreSQL is the truth, so the event stream may forget: it only has to outlast a consumer's downtime. */
export async function ensureStreams(manager: JetStreamManager): Promise<void> {
  await ensureStream(manager, {
    name: eventStream,
    subjects: ['ev.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(week),
    max_bytes: 1 << 30,
    duplicate_window: nanos(120_000),
    republish: { src: 'ev.>', dest: 'live.>' },
  });
  await ensureStream(manager, {
    name: jobStream,
    subjects: [subjects.job],
    storage: StorageType.File,
    retention: RetentionPolicy.Workqueue,
    duplicate_window: nanos(120_000),
  });
}

/** All workers share one consumer of the queue, so each job goes to one of them. */
export async function ensureJobConsumer(manager: JetStreamManager): Promise<void> {
  const changeable = { ack_wait: nanos(jobAckWaitMs), max_ack_pending: 1_000 };
  await manager.consumers
    .add(jobStream, { durable_name: jobConsumer, ack_policy: AckPolicy.Explicit, ...changeable })
    .catch(async (error: unknown) => {
      if (!hasCode(error, consumerDiffers)) throw error;
      await manager.consumers.update(jobStream, jobConsumer, changeable);
    });
}

/** The server's words for "there is one of this name, with another configuration": an older version of Choir made it. */
const streamDiffers = 10058;
const consumerDiffers = 10148;

async function ensureStream(manager: JetStreamManager, config: Partial<StreamConfig> & { name: string }): Promise<void> {
  await manager.streams.add(config).catch(async (error: unknown) => {
    if (!hasCode(error, streamDiffers)) throw error;
    await manager.streams.update(config.name, config);
  });
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}
