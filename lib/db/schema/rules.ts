import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { type RuleMatch, ruleEffects, ruleScopes } from '#lib/core/rule.ts';
import { instant } from './columns.ts';
import { workspaces } from './people.ts';

/** What persons set, over every scope. Those of a thread, and remembered answers, are events of that thread too. */
export const rules = pgTable(
  'rules',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    scope: text('scope', { enum: ruleScopes }).notNull(),
    scopeId: text('scope_id').notNull(),
    effect: text('effect', { enum: ruleEffects }).notNull(),
    matches: jsonb('matches').$type<RuleMatch[]>().notNull(),
    text: text('text').notNull(),
    source: text('source', { enum: ['constraint', 'remembered'] }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    until: instant('until'),
    /** How often it stopped a call, asked about one, or kept a change out. */
    spoken: integer('spoken').notNull().default(0),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (table) => [index('rules_scope').on(table.scopeId).where(sql`revoked_at is null`), index('rules_workspace').on(table.workspaceId)],
);
