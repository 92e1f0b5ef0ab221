import { z } from 'zod';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { budgets } from '#lib/db/schema.ts';
import { BudgetScope, resolveBudgetScope } from './budget-scope.ts';

export const SetBudget = BudgetScope.extend({
  limitUsd: z.number().positive().max(1_000_000).describe('US dollars'),
  period: z.enum(['month', 'ever']).default('month').describe('the calendar month, UTC, or all time'),
});

/** Sets how much a scope may spend, in the place of what was set before. Holds from the next call to a model on. Throws as `resolveBudgetScope`. */
export async function setBudget(context: Context, input: z.input<typeof SetBudget>): Promise<void> {
  const person = requirePerson(context.actor);
  const { scope, limitUsd, period, ...named } = SetBudget.parse(input);
  const scopeId = await resolveBudgetScope(context, person, { scope, ...named });
  const set = { limitUsd, period, setBy: person.userId, setAt: new Date() };
  await context.database.db
    .insert(budgets)
    .values({ scope, scopeId, workspaceId: person.workspaceId, ...set })
    .onConflictDoUpdate({ target: [budgets.scope, budgets.scopeId], set });
}
