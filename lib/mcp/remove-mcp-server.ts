import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { mcpServers, mcpSignIns } from '#lib/db/schema.ts';
import { findMcpServer } from './find-mcp-server.ts';
import { revokeSignIn } from './oauth/revoke-sign-in.ts';
import { requireServerOwner } from './require-server-owner.ts';

/** From now on no call reaches the server, not even one that waits for an answer. A sign-in to it is forgotten, here and there. Throws `forbidden` or `not-found`. */
export async function removeMcpServer(context: Context, input: { projectId: string; name: string }): Promise<void> {
  requireServerOwner(context.actor);
  const server = await findMcpServer(context, input);
  const signIn = await context.database.db.transaction(async (transaction) => {
    const [ended] = await transaction.delete(mcpSignIns).where(eq(mcpSignIns.serverId, server.id)).returning();
    await transaction.delete(mcpServers).where(eq(mcpServers.id, server.id));
    return ended;
  });
  if (signIn) await revokeSignIn(context.home, server, signIn.sealed);
}
