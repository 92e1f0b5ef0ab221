import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mcpServers, mcpSignIns } from '#lib/db/schema.ts';
import { findMcpServer } from './find-mcp-server.ts';
import { revokeSignIn } from './oauth/revoke-sign-in.ts';
import { requireServerOwner } from './require-server-owner.ts';

/** Forgets the tokens of a server, and asks the service to. Throws `forbidden`, or `not-found` when nobody is signed in to it. */
export async function endMcpSignIn(context: Context, input: { projectId: string; name: string }): Promise<void> {
  requireServerOwner(context.actor);
  const server = await findMcpServer(context, input);
  const { id, name } = server;
  const ended = await context.database.db.transaction(async (transaction) => {
    const [row] = await transaction.delete(mcpSignIns).where(eq(mcpSignIns.serverId, id)).returning();
    if (!row) throw new DomainError('not-found', `Nobody is signed in to “${name}”.`);
    await transaction.update(mcpServers).set({ signIn: 'needed', tools: null, checkedAt: null }).where(eq(mcpServers.id, id));
    return row;
  });
  await revokeSignIn(context.home, server, ended.sealed);
}
