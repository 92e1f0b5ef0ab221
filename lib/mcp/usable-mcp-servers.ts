import { and, asc, eq } from 'drizzle-orm';
import type { ToolCall } from '#lib/core/tool.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { mcpServers } from '#lib/db/schema.ts';
import type { McpServerRow } from './mcp-server.ts';

/** For workers: a project's servers with their secrets, by name. */
export function usableMcpServers({ db }: Database, projectId: string): Promise<McpServerRow[]> {
  return db.select().from(mcpServers).where(inUse(projectId)).orderBy(asc(mcpServers.name));
}

type Call = Extract<ToolCall, { tool: 'mcp_call' }>['args'];

/** For workers: the one that a call is for. Null when it was taken away, though another may have its name. */
export async function usableMcpServer({ db }: Database, projectId: string, { server, serverId }: Call): Promise<McpServerRow | null> {
  const [row] = await db
    .select()
    .from(mcpServers)
    .where(and(inUse(projectId), eq(mcpServers.name, server), serverId === undefined ? undefined : eq(mcpServers.id, serverId)));
  return row ?? null;
}

function inUse(projectId: string) {
  return and(eq(mcpServers.projectId, projectId), eq(mcpServers.enabled, true));
}
