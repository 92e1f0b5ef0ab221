import { bigint, doublePrecision, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { providerIds } from '#lib/core/model-call.ts';
import { instant } from './columns.ts';
import { workspaces } from './people.ts';

/** The bill: one row for each call to a model, as `model.called` told it. */
export const modelCalls = pgTable(
  'model_calls',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    projectId: text('project_id').notNull(),
    threadId: text('thread_id').notNull(),
    runId: text('run_id').notNull(),
    agent: text('agent').notNull(),
    provider: text('provider', { enum: providerIds }).notNull(),
    model: text('model').notNull(),
    inputTokens: bigint('input_tokens', { mode: 'number' }).notNull(),
    cacheReadTokens: bigint('cache_read_tokens', { mode: 'number' }).notNull(),
    cacheWriteTokens: bigint('cache_write_tokens', { mode: 'number' }).notNull(),
    outputTokens: bigint('output_tokens', { mode: 'number' }).notNull(),
    costUsd: doublePrecision('cost_usd'),
    outcome: text('outcome', { enum: ['ok', 'failed', 'refused'] }).notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    index('model_calls_run').on(table.runId),
    index('model_calls_thread').on(table.threadId),
    index('model_calls_workspace').on(table.workspaceId, table.at),
  ],
);

/** How much a scope may spend, in US dollars: a run has its own limit, these hold above it. */
export const budgets = pgTable(
  'budgets',
  {
    scope: text('scope', { enum: ['workspace', 'project', 'thread'] }).notNull(),
    scopeId: text('scope_id').notNull(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    limitUsd: doublePrecision('limit_usd').notNull(),
    /** `month`: the calendar month, UTC. */
    period: text('period', { enum: ['month', 'ever'] }).notNull(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.scopeId] })],
);

/** What calls to models that are under way may still cost, in US dollars, against every budget over their run (`keys`). Past `until` nobody waits for it. */
export const reservations = pgTable(
  'reservations',
  {
    modelCallId: text('model_call_id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    keys: text('keys').array().notNull(),
    usd: doublePrecision('usd').notNull(),
    until: instant('until').notNull(),
  },
  (table) => [index('reservations_workspace').on(table.workspaceId)],
);
