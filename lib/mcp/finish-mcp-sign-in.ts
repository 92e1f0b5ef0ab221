import { exchangeAuthorization } from '@modelcontextprotocol/sdk/client/auth.js';
import { and, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { hashSecret } from '#lib/auth/secret.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mcpServers, mcpSignInAttempts, mcpSignIns } from '#lib/db/schema.ts';
import type { McpServerRow } from './mcp-server.ts';
import { Attempt, attemptPlace, type SignIn, signInOf, signInPlace } from './oauth/grant.ts';
import { outsideFetch } from './oauth/outside-fetch.ts';
import { requireServerOwner } from './require-server-owner.ts';
import { seal, unseal } from './sealed.ts';

/** What an authorization server sends a person back with. */
export const FinishMcpSignIn = z.object({
  state: z.string().min(1).max(500),
  code: z.string().max(10_000).optional(),
  iss: z.string().max(2_000).optional(),
  error: z.string().max(500).optional(),
});

/** `refused`: there the person, or the server, said no. `failed`: Choir was not given what it was promised. */
export type SignInOutcome = 'done' | 'refused' | 'failed';
export type FinishedSignIn = { projectId: string; name: string; outcome: SignInOutcome };

/**
 * The person is back: their code becomes tokens, which no one is shown. A state counts once, and for the person who set out with it alone. Throws `forbidden`,
 * or `invalid` for a state that is none.
 */
export async function finishMcpSignIn(context: Context, input: z.input<typeof FinishMcpSignIn>): Promise<FinishedSignIn> {
  const owner = requireServerOwner(context.actor);
  const { state, code, iss, error } = FinishMcpSignIn.parse(input);
  const { db } = context.database;
  const [taken] = await db
    .delete(mcpSignInAttempts)
    .where(
      and(
        eq(mcpSignInAttempts.stateHash, hashSecret(state)),
        eq(mcpSignInAttempts.userId, owner.userId),
        gt(mcpSignInAttempts.expiresAt, new Date()),
      ),
    )
    .returning();
  const [server] = taken ? await db.select().from(mcpServers).where(eq(mcpServers.id, taken.serverId)) : [];
  const attempt = taken && unseal(context.home, attemptPlace(taken.serverId), taken.sealed, Attempt);
  if (!server || !attempt)
    throw new DomainError('invalid', 'This sign-in was not begun here, was used already, or took too long. Begin again.');
  const { id, projectId, name } = server;
  const end = (outcome: SignInOutcome): FinishedSignIn => ({ projectId, name, outcome });
  if (!isFrom(attempt, iss)) return end('failed');
  if (error !== undefined || code === undefined) return end('refused');
  const signIn = await trade(server, attempt, code);
  if (!signIn) return end('failed');
  const kept = { userId: owner.userId, sealed: seal(context.home, signInPlace(id), signIn), signedInAt: new Date() };
  await db.transaction(async (transaction) => {
    await transaction
      .insert(mcpSignIns)
      .values({ serverId: id, ...kept })
      .onConflictDoUpdate({ target: mcpSignIns.serverId, set: kept });
    await transaction.update(mcpServers).set({ signIn: 'done', problem: null, checkedAt: null }).where(eq(mcpServers.id, id));
  });
  return end('done');
}

/** Whether the answer comes from the server that was asked: RFC 9207. */
function isFrom({ metadata }: Attempt, iss: string | undefined): boolean {
  return iss === undefined ? metadata.authorization_response_iss_parameter_supported !== true : iss === metadata.issuer;
}

async function trade({ transport }: McpServerRow, attempt: Attempt, code: string): Promise<SignIn | null> {
  if (transport.kind !== 'http') return null;
  const { issuer, metadata, client, redirectUrl, resource, verifier } = attempt;
  try {
    const tokens = await exchangeAuthorization(issuer, {
      metadata,
      clientInformation: client,
      authorizationCode: code,
      codeVerifier: verifier,
      redirectUri: redirectUrl,
      resource,
      fetchFn: outsideFetch({ privateAddress: transport.privateAddress === true }),
    });
    return signInOf(attempt, tokens);
  } catch {
    return null;
  }
}
