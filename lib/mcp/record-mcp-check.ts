import { eq } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { mcpServers } from '#lib/db/schema.ts';

/** Keeps what a worker found when it asked a server, for the people of the project. */
export async function recordMcpCheck({ db }: Database, id: string, found: { tools: string[] } | { problem: string }): Promise<void> {
  const told = 'tools' in found ? { tools: found.tools, problem: null } : { tools: null, problem: found.problem };
  await db
    .update(mcpServers)
    .set({ ...told, checkedAt: new Date() })
    .where(eq(mcpServers.id, id));
}
