import { and, eq } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { RuleScope } from '#lib/core/rule.ts';
import { runs } from '#lib/db/schema.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

/** Where a rule holds. `threadId`: its facts stand in that thread's ledger. */
export type RulePlace = { scopeId: string; threadId?: string };

/** The place that a person names; a project goes by its name too, and the workspace needs no id. Throws `invalid` or `not-found`. */
export async function findRulePlace(context: Context, scope: RuleScope, wanted: string | undefined): Promise<RulePlace> {
  const { workspaceId } = requirePerson(context.actor);
  if (scope === 'workspace') {
    if (wanted !== undefined && wanted !== workspaceId) throw new DomainError('not-found', 'There is no such workspace.');
    return { scopeId: workspaceId };
  }
  if (!wanted) throw new DomainError('invalid', `Say for which ${scope} it holds.`);
  if (scope === 'project') return { scopeId: (await getProject(context, { projectId: wanted })).id };
  if (scope === 'thread') {
    await requireThread(context, wanted);
    return { scopeId: wanted, threadId: wanted };
  }
  const ofWorkspace = and(eq(runs.id, wanted), eq(runs.workspaceId, workspaceId));
  const [run] = await context.database.db.select({ threadId: runs.threadId }).from(runs).where(ofWorkspace);
  if (!run) throw new DomainError('not-found', 'There is no such run.');
  return { scopeId: wanted, threadId: run.threadId };
}
