import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mcpServers, mcpSignIns, rules } from '#lib/db/schema.ts';
import { revokeRule } from '#lib/rules/revoke-rule.ts';
import { findMcpServer } from './find-mcp-server.ts';
import { revokeSignIn } from './oauth/revoke-sign-in.ts';
import { requireServerOwner } from './require-server-owner.ts';

/** From now on no call reaches the server, not even one that waits for an answer; what was remembered about its tools ends. A sign-in to it is forgotten, here and there. Throws `forbidden` or `not-found`. */
export async function removeMcpServer(context: Context, input: { projectId: string; name: string }): Promise<void> {
  requireServerOwner(context.actor);
  const server = await findMcpServer(context, input);
  const signIn = await context.database.db.transaction(async (transaction) => {
    const [ended] = await transaction.delete(mcpSignIns).where(eq(mcpSignIns.serverId, server.id)).returning();
    await transaction.delete(mcpServers).where(eq(mcpServers.id, server.id));
    return ended;
  });
  await endAnswers(context, server.id);
  if (signIn) await revokeSignIn(context.home, server, signIn.sealed);
}

async function endAnswers(context: Context, serverId: string): Promise<void> {
  const { db } = context.database;
  const about = sql`${rules.matches} @> ${JSON.stringify([{ on: 'action', serverId }])}::jsonb`;
  const found = await db
    .select({ ruleId: rules.id })
    .from(rules)
    .where(and(about, isNull(rules.revokedAt)));
  for (const { ruleId } of found) await revokeRule(context, { ruleId, because: 'its MCP server was taken away' }).catch(unlessRevoked);
}

function unlessRevoked(error: unknown): void {
  if (!(error instanceof DomainError && error.code === 'not-found')) throw error;
}
