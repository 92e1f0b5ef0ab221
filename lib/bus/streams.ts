import { DiscardPolicy, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

export const eventStream = 'EVENTS';
export const jobStream = 'JOBS';
export const jobConsumer = 'workers';

export const subjects = {
  event: (workspaceId: string, threadId: string) => `ev.${workspaceId}.${threadId}`,
  live: (workspaceId: string, threadId: string) => `live.${workspaceId}.${threadId}`,
  typing: (workspaceId: string, threadId: string) => `typing.${workspaceId}.${threadId}`,
  job: 'jobs.run',
};

const week = 7 * 24 * 3_600_000;

/** PostgreSQL is the truth, so the event stream may forget: it only has to outlast a consumer's downtime. */
export async function ensureStreams(manager: JetStreamManager): Promise<void> {
  await manager.streams.add({
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
  await manager.streams.add({
    name: jobStream,
    subjects: [subjects.job],
    storage: StorageType.File,
    retention: RetentionPolicy.Workqueue,
    duplicate_window: nanos(120_000),
  });
}
