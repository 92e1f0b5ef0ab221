import { z } from 'zod';
import { CheckpointName } from '#lib/checkpoints/name-checkpoint.ts';
import { ChangeSummary } from '#lib/core/change.ts';
import { type EventType, eventTypes, revertScopes } from '#lib/core/event.ts';
import { eventKinds } from '#lib/core/event-kind.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import type { ThreadGraph } from '#lib/core/thread-graph.ts';
import { RevertThread } from '#lib/threads/revert/revert-thread.ts';
import { operation } from './operation.ts';
import { ThreadParams } from './threads.ts';

const Seq = z.coerce.number().int().min(0).max(2_147_483_647);

const Instant = z.iso.datetime({ offset: true });

const filterFields = {
  type: z.enum(eventTypes as [EventType, ...EventType[]]).optional(),
  kind: z.enum(eventKinds).optional().describe('all types of this kind'),
  agent: z.string().max(100).optional(),
  run: z.string().max(100).optional(),
  file: z.string().max(4_096).optional().describe('events that name this path'),
  text: z.string().min(1).max(200).optional().describe('events with these words in what they hold, in any case'),
  since: Instant.optional(),
  until: Instant.optional().describe('exclusive'),
};

export const EventsQuery = z.object({
  after: Seq.optional().describe('only events with a larger seq'),
  before: Seq.optional().describe('only events with a smaller seq; with `limit` and without `after`, the newest of them'),
  limit: z.coerce.number().int().min(1).max(100_000).optional(),
  seqs: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9}){0,499}$/, 'up to 500 numbers between commas')
    .transform((list) => list.split(',').map(Number))
    .optional()
    .describe('only these'),
  ...filterFields,
});

export const readEventsOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/events',
  summary: 'Events of a thread in order',
  description:
    'One event per line. With `Accept: text/event-stream` a live stream that begins after `Last-Event-ID` or `after` and ends only with the thread: `id` is the seq, `data` the event; `event: typing` carries text as it is typed, which is never stored.',
  params: ThreadParams,
  query: EventsQuery,
  status: 200,
  otherReplies: { 'application/x-ndjson': 'one event per line', 'text/event-stream': 'events as they happen' },
});

export const listEventSeqsOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/events/seqs',
  summary: 'Where in the ledger the events of a filter stand',
  description:
    'Read them with `seqs` of `events`, a page at a time. `through`: how far the ledger went; ask again with it as `after` for what came since.',
  params: ThreadParams,
  query: z.object({ after: Seq.optional(), ...filterFields }),
  status: 200,
  reply: z.object({ seqs: z.array(z.number().int()), through: z.number().int() }),
});

const Checkpoint = z.custom<CheckpointState>().meta({ description: '`CheckpointState` of lib/core/state.ts', type: 'object' });

export const listCheckpointsOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/checkpoints',
  summary: 'Checkpoints, newest first, and which of them is current',
  params: ThreadParams,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(10_000).optional(),
    before: Seq.optional().describe('only checkpoints with a smaller number'),
  }),
  status: 200,
  reply: z.object({ current: z.string().nullable(), checkpoints: z.array(Checkpoint) }),
});

export const readGraphOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/graph',
  summary:
    'How the checkpoints of a thread follow from one another, newest first, with its runs and reverts and the threads that began there',
  params: ThreadParams,
  query: z.object({
    before: Seq.optional().describe('only what has a smaller seq'),
    after: Seq.optional().describe('only what has a larger seq'),
    limit: z.coerce.number().int().min(1).max(10_000).optional().describe('checkpoints'),
  }),
  status: 200,
  reply: z.custom<ThreadGraph>().meta({ description: '`ThreadGraph` of lib/core/thread-graph.ts', type: 'object' }),
});

export const nameCheckpointOperation = operation({
  method: 'POST',
  path: '/api/threads/{threadId}/checkpoints',
  summary: 'Name a checkpoint',
  params: ThreadParams,
  body: z.object({ checkpointId: z.string(), name: CheckpointName }),
  status: 204,
});

export const revertOperation = operation({
  method: 'POST',
  path: '/api/threads/{threadId}/revert',
  summary: 'Make an older checkpoint current again: code, conversation or both',
  description:
    'With `dryRun` only says what would change. `expectedCurrent` from that preview makes a revert of a thread that moved on since a conflict. A revert can be reverted.',
  params: ThreadParams,
  body: RevertThread.omit({ threadId: true }),
  status: 200,
  reply: z.object({
    reverted: z.boolean(),
    checkpointId: z.string(),
    currentCheckpointId: z.string(),
    scope: z.enum(revertScopes),
    changes: ChangeSummary,
    parked: ChangeSummary.describe('changes by hand that became a checkpoint of their own first'),
    cannotUndo: z.array(z.string()).describe('what reached outside and stays done'),
    unchanged: z.boolean(),
  }),
});
