import { rm } from 'node:fs/promises';
import { requireOwner } from '#lib/auth/require-owner.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { deleteThread } from '#lib/threads/delete-thread.ts';

/** Removes a project for good: all its threads, its store, its servers, rules and budgets. Owner only. Throws `not-found`, and as `deleteThread`. */
export async function deleteProject(context: Context, { projectId }: { projectId: string }): Promise<void> {
  const { workspaceId } = requireOwner(context.actor, 'Only the owner of the workspace deletes projects.');
  const { sql } = context.database;
  const [project] = await sql`select id from projects where id = ${projectId} and workspace_id = ${workspaceId}`;
  if (!project) throw noProject();
  const threads = await sql<{ id: string }[]>`select id from threads where project_id = ${projectId}`;
  for (const { id } of threads) await deleteThread(context, { threadId: id }).catch(unlessGone);
  await sql.begin(async (transaction) => {
    await transaction`delete from mcp_servers where project_id = ${projectId}`;
    await transaction`delete from rules where scope_id = ${projectId}`;
    await transaction`delete from budgets where scope = 'project' and scope_id = ${projectId}`;
    await transaction`update telegram_chats set choices = choices - 'projectId' where choices->>'projectId' = ${projectId}`;
    const gone = await transaction`
      delete from projects where id = ${projectId} and not exists (select 1 from threads where project_id = ${projectId})`;
    // Thrown in here, so that a project that stays keeps its rules.
    if (gone.count > 0) return;
    const [left] = await transaction`select 1 from projects where id = ${projectId}`;
    throw left ? new DomainError('conflict', 'A thread was begun in this project meanwhile. Delete it again.') : noProject();
  });
  await rm(context.home.store(projectId), { recursive: true, force: true });
}

function noProject(): DomainError {
  return new DomainError('not-found', 'There is no such project.');
}

/** Whoever deletes the same at the same time may be first. */
function unlessGone(error: unknown): void {
  if (!(error instanceof DomainError && error.code === 'not-found')) throw error;
}
