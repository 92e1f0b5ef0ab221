import { z } from 'zod';
import type { Person } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { hasThread } from '#lib/threads/has-thread.ts';

export const BudgetScope = z.object({
  scope: z.enum(['workspace', 'project', 'thread']),
  scopeId: z.string().max(200).optional().describe('a project, by name or id, or a thread; not for the workspace'),
});
export type BudgetScope = z.infer<typeof BudgetScope>;

/** The id of what a budget is set for. Throws `not-found`, `invalid`, or `forbidden`: the workspace's money is its owner's. */
export async function resolveBudgetScope(context: Context, person: Person, { scope, scopeId }: BudgetScope): Promise<string> {
  if (scope === 'workspace') {
    if (person.role !== 'owner') throw new DomainError('forbidden', 'Only the owner sets the budget of the workspace.');
    return person.workspaceId;
  }
  if (!scopeId) throw new DomainError('invalid', `Say which ${scope} the budget is for.`);
  if (scope === 'project') return (await getProject(context, { projectId: scopeId })).id;
  if (!(await hasThread(context, { threadId: scopeId }))) throw new DomainError('not-found', 'There is no such thread.');
  return scopeId;
}
