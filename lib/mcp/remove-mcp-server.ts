import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { mcpServers } from '#lib/db/schema.ts';
import { findMcpServer } from './find-mcp-server.ts';
import { requireServerOwner } from './require-server-owner.ts';

/** From now on no call reaches the server, not even one that waits for an answer. Throws `forbidden` or `not-found`. */
export async function removeMcpServer(context: Context, input: { projectId: string; name: string }): Promise<void> {
  requireServerOwner(context.actor);
  const { id } = await findMcpServer(context, input);
  await context.database.db.delete(mcpServers).where(eq(mcpServers.id, id));
}
