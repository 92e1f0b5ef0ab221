import { and, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mcpServers } from '#lib/db/schema.ts';
import { getProject } from '#lib/projects/get-project.ts';
import type { McpServerRow } from './mcp-server.ts';

/** One server of a project that the actor sees. Throws `not-found`. */
export async function findMcpServer(context: Context, { projectId, name }: { projectId: string; name: string }): Promise<McpServerRow> {
  const project = await getProject(context, { projectId });
  const [row] = await context.database.db
    .select()
    .from(mcpServers)
    .where(and(eq(mcpServers.projectId, project.id), eq(mcpServers.name, name)));
  if (!row) throw new DomainError('not-found', `There is no MCP server “${name}” in this project.`);
  return row;
}
