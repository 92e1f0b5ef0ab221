import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { NewEvent } from '#lib/core/event.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { instant } from './columns.ts';

export const events = pgTable(
  'events',
  {
    position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    threadId: text('thread_id').notNull(),
    seq: integer('seq').notNull(),
    id: text('id').notNull(),
    at: instant('at').notNull(),
    type: text('type').$type<NewEvent['type']>().notNull(),
    actor: text('actor', { enum: ['person', 'agent', 'choir'] }).notNull(),
    agentId: text('agent_id'),
    userId: text('user_id'),
    via: text('via', { enum: ['pwa', 'telegram', 'cli', 'api'] }),
    runId: text('run_id'),
    parentEventId: text('parent_event_id'),
    data: jsonb('data').$type<NewEvent['data']>().notNull(),
  },
  (table) => [
    uniqueIndex('events_thread_seq').on(table.threadId, table.seq),
    uniqueIndex('events_id').on(table.id),
    index('events_thread_type').on(table.threadId, table.type, table.seq),
    index('events_thread_agent').on(table.threadId, table.agentId, table.seq).where(sql`agent_id is not null`),
    index('events_parent').on(table.parentEventId).where(sql`parent_event_id is not null`),
    // What a device sends again because it heard no answer takes effect once.
    uniqueIndex('events_request')
      .on(table.parentEventId)
      .where(sql`starts_with(parent_event_id, 'rq_') and type in ('goal.given', 'guidance.given') and data->>'approvalId' is null`),
  ],
);

/** Events that NATS has not acknowledged yet; the relay sweeps what a crash left here. */
export const outbox = pgTable('outbox', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull().defaultNow(),
});

/** The fold of a thread's events up to `seq`, kept so that a long thread opens at once. Derived: safe to delete. */
export const snapshots = pgTable(
  'snapshots',
  {
    threadId: text('thread_id').notNull(),
    foldVersion: integer('fold_version').notNull(),
    seq: integer('seq').notNull(),
    state: jsonb('state').$type<ThreadState>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.threadId, table.foldVersion] })],
);
