import { and, eq, isNull } from 'drizzle-orm';
import { authorOf, requirePerson } from '#lib/auth/require-person.ts';
import { publishRulesChanged } from '#lib/bus/changed-rules.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { rules } from '#lib/db/schema.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { findRulePlace } from './find-rule-place.ts';
import { holdRules } from './hold-rules.ts';

/**
 * Ends a rule from now on; `because` stands in its thread. A member ends those of their own, the owner any. Throws `not-found` (also when it was revoked
 * before) or `forbidden`.
 */
export async function revokeRule(context: Context, { ruleId, because }: { ruleId: string; because?: string }): Promise<void> {
  const person = requirePerson(context.actor);
  const { db } = context.database;
  const ofWorkspace = and(eq(rules.id, ruleId), eq(rules.workspaceId, person.workspaceId), isNull(rules.revokedAt));
  const find = async () => {
    const [row] = await db.select().from(rules).where(ofWorkspace);
    if (!row) throw new DomainError('not-found', 'No such rule holds.');
    return row;
  };
  const { createdBy, scope, scopeId, text } = await find();
  if (person.role !== 'owner' && createdBy !== person.userId)
    throw new DomainError('forbidden', 'Only who set this rule, or the owner of the workspace, may revoke it.');
  const { threadId } = await findRulePlace(context, scope, scopeId);
  await holdRules(context.database, scopeId, async () => {
    await find();
    const said = because ? `${text} (${because})` : text;
    if (threadId) accepted(await context.ledger.command(threadId, authorOf(person), [{ type: 'revoke-rule', ruleId, text: said }]));
    else await db.update(rules).set({ revokedAt: new Date(), revokedBy: person.userId }).where(ofWorkspace);
  });
  publishRulesChanged(context.bus, person.workspaceId);
}
