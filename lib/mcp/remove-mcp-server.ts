import { and, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mcpServers } from '#lib/db/schema.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { requireOwner } from './require-owner.ts';

/** From now on no call reaches the server, not even one that waits for an answer. Throws `forbidden` or `not-found`. */
export async function removeMcpServer(context: Context, { projectId, name }: { projectId: string; name: string }): Promise<void> {
  requireOwner(context.actor);
  const project = await getProject(context, { projectId });
  const removed = await context.database.db
    .delete(mcpServers)
    .where(and(eq(mcpServers.projectId, project.id), eq(mcpServers.name, name)))
    .returning({ id: mcpServers.id });
  if (removed.length === 0) throw new DomainError('not-found', `There is no MCP server “${name}” in this project.`);
}
