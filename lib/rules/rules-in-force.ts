import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { Rule } from '#lib/core/rule.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { rules } from '#lib/db/schema.ts';

export type RuleRow = typeof rules.$inferSelect;

/** What a run stands in: the ids that rules are scoped to. */
export type RunPlace = { workspaceId: string; projectId: string; threadId: string; runId: string };

/** For workers: the rules that hold for a run at this moment, of every scope, oldest first. */
export async function rulesInForce({ db }: Database, { workspaceId, projectId, threadId, runId }: RunPlace): Promise<Rule[]> {
  const rows = await db
    .select()
    .from(rules)
    .where(and(eq(rules.workspaceId, workspaceId), inArray(rules.scopeId, [workspaceId, projectId, threadId, runId]), inForce()))
    .orderBy(rules.createdAt, rules.id);
  return rows.map(toRule);
}

/** Neither revoked nor over. */
export function inForce() {
  return and(isNull(rules.revokedAt), or(isNull(rules.until), gt(rules.until, new Date())));
}

/** A row as the policy reads it; instants become ISO. */
export function toRule({ id, scope, scopeId, effect, matches, text, source, createdBy, createdAt, until }: RuleRow): Rule {
  const [at, end] = [createdAt.toISOString(), until?.toISOString() ?? null];
  return { ruleId: id, scope, scopeId, effect, matches, text, source, by: createdBy, at, until: end };
}
