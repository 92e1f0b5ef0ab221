import { and, gt, inArray, isNull, or } from 'drizzle-orm';
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
    .where(
      and(
        inArray(rules.scopeId, [workspaceId, projectId, threadId, runId]),
        isNull(rules.revokedAt),
        or(isNull(rules.until), gt(rules.until, new Date())),
      ),
    )
    .orderBy(rules.createdAt, rules.id);
  return rows.filter((row) => row.workspaceId === workspaceId).map(toRule);
}

export function toRule({ id, createdBy, createdAt, until, workspaceId: _, revokedAt: __, revokedBy: ___, ...row }: RuleRow): Rule {
  return { ...row, ruleId: id, by: createdBy, at: createdAt.toISOString(), until: until?.toISOString() ?? null };
}
