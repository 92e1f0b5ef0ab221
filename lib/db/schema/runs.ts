import { sql } from 'drizzle-orm';
import { doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { approvalKinds, type PinnedAction } from '#lib/core/approval.ts';
import type { ChangeSummary } from '#lib/core/change.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import type { SeqRange } from '#lib/core/state.ts';
import { instant } from './columns.ts';

export const runs = pgTable(
  'runs',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    status: text('status', { enum: ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'] }).notNull(),
    /** The run that started this one; a budget holds over the whole tree. */
    parentRunId: text('parent_run_id'),
    budgetUsd: doublePrecision('budget_usd'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('runs_thread').on(table.threadId),
    index('runs_open').on(table.updatedAt).where(sql`status in ('queued', 'running')`),
    index('runs_parent').on(table.parentRunId).where(sql`parent_run_id is not null`),
  ],
);

export const approvals = pgTable(
  'approvals',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    runId: text('run_id').notNull(),
    kind: text('kind', { enum: approvalKinds }).notNull(),
    reason: text('reason').notNull(),
    action: jsonb('action').$type<PinnedAction>().notNull(),
    status: text('status', { enum: ['open', 'approve', 'reject', 'modify', 'withdrawn'] }).notNull(),
    requestedAt: instant('requested_at').notNull(),
    answeredAt: instant('answered_at'),
    answeredBy: text('answered_by'),
    via: text('via', { enum: ['pwa', 'telegram', 'cli', 'api'] }),
    note: text('note'),
  },
  (table) => [
    index('approvals_open').on(table.workspaceId, table.requestedAt).where(sql`status = 'open'`),
    index('approvals_thread').on(table.threadId),
  ],
);

export const checkpoints = pgTable(
  'checkpoints',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id').notNull(),
    number: integer('number').notNull(),
    commit: text('commit').notNull(),
    parentCommit: text('parent_commit'),
    kind: text('kind', { enum: ['base', 'step', 'person', 'parked', 'timed'] }).notNull(),
    label: text('label').notNull(),
    name: text('name'),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    actor: text('actor', { enum: ['person', 'agent', 'choir'] }).notNull(),
    runId: text('run_id'),
    stepId: text('step_id'),
    callId: text('call_id'),
    takesBack: jsonb('takes_back').$type<CheckpointData['takesBack']>(),
    changes: jsonb('changes').$type<ChangeSummary>().notNull(),
    hidden: jsonb('hidden').$type<SeqRange[]>().notNull(),
  },
  (table) => [uniqueIndex('checkpoints_thread_number').on(table.threadId, table.number)],
);
