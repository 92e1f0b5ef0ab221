import { asc, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { mcpServers } from '#lib/db/schema.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { type ListedMcpServer, listedMcpServer } from './mcp-server.ts';

/** A project's servers by name, without anything secret. Throws `not-found`. */
export async function listMcpServers(context: Context, { projectId }: { projectId: string }): Promise<ListedMcpServer[]> {
  const project = await getProject(context, { projectId });
  const rows = await context.database.db
    .select()
    .from(mcpServers)
    .where(eq(mcpServers.projectId, project.id))
    .orderBy(asc(mcpServers.name));
  return rows.map(listedMcpServer);
}
