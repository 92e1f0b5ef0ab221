import { and, eq } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { budgets } from '#lib/db/schema.ts';
import { BudgetScope, resolveBudgetScope } from './budget-scope.ts';

/** Takes a scope's budget away. Throws `not-found` where none was set, and as `resolveBudgetScope`. */
export async function removeBudget(context: Context, input: BudgetScope): Promise<void> {
  const person = requirePerson(context.actor);
  const named = BudgetScope.parse(input);
  const scopeId = await resolveBudgetScope(context, person, named);
  const removed = await context.database.db
    .delete(budgets)
    .where(and(eq(budgets.scope, named.scope), eq(budgets.scopeId, scopeId), eq(budgets.workspaceId, person.workspaceId)))
    .returning({ scope: budgets.scope });
  if (removed.length === 0) throw new DomainError('not-found', `No budget is set for this ${named.scope}.`);
}
