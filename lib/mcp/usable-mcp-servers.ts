import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { mcpServers } from '#lib/db/schema.ts';
import type { McpServerRow } from './mcp-server.ts';

/** For workers: a project's servers with their secrets, by name. */
export function usableMcpServers({ db }: Database, projectId: string): Promise<McpServerRow[]> {
  return db.select().from(mcpServers).where(inUse(projectId)).orderBy(asc(mcpServers.name));
}

/** For workers: one of them, or null. */
export async function usableMcpServer({ db }: Database, projectId: string, name: string): Promise<McpServerRow | null> {
  const [row] = await db
    .select()
    .from(mcpServers)
    .where(and(inUse(projectId), eq(mcpServers.name, name)));
  return row ?? null;
}

function inUse(projectId: string) {
  return and(eq(mcpServers.projectId, projectId), eq(mcpServers.enabled, true));
}
