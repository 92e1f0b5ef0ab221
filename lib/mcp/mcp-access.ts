import { refreshAuthorization } from '@modelcontextprotocol/sdk/client/auth.js';
import { InvalidClientError, InvalidGrantError, UnauthorizedClientError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { eq } from 'drizzle-orm';
import type { Services } from '#lib/context.ts';
import { mcpServers, mcpSignIns } from '#lib/db/schema.ts';
import type { McpServerRow } from './mcp-server.ts';
import { SignIn, signInOf, signInPlace } from './oauth/grant.ts';
import { outsideFetch } from './oauth/outside-fetch.ts';
import { seal, unseal } from './sealed.ts';

export type McpAccess = { ok: true; token: string } | { ok: false; reason: 'needed' | 'lapsed' | 'unreachable' };

const earlyMs = 60_000;

/**
 * For workers: the token of whoever signed in to a server, a fresh one where the last is over or was `refused`. The row is held meanwhile: a refresh token
 * that is used twice is taken for a stolen one. `needed`: nobody is signed in; `lapsed`: a person must sign in again.
 */
export async function mcpAccess(
  { database, home }: Pick<Services, 'database' | 'home'>,
  { id, transport }: Pick<McpServerRow, 'id' | 'transport'>,
  refused?: string,
): Promise<McpAccess> {
  if (transport.kind !== 'http') return { ok: false, reason: 'needed' };
  const fetchFn = outsideFetch({ privateAddress: transport.privateAddress === true });
  return database.db.transaction(async (transaction): Promise<McpAccess> => {
    const [row] = await transaction.select().from(mcpSignIns).where(eq(mcpSignIns.serverId, id)).for('update');
    if (!row) return { ok: false, reason: 'needed' };
    const signIn = unseal(home, signInPlace(id), row.sealed, SignIn);
    if (signIn && isGood(signIn, refused)) return { ok: true, token: signIn.accessToken };
    const fresh = signIn ? await refresh(signIn, fetchFn) : 'lapsed';
    if (fresh === 'unreachable') return { ok: false, reason: fresh };
    if (fresh === 'lapsed' || fresh === 'unknown') {
      await transaction.update(mcpServers).set({ signIn: 'lapsed' }).where(eq(mcpServers.id, id));
      // With the sign-in goes the client that is known there no more: the next one registers anew.
      if (fresh === 'unknown') await transaction.delete(mcpSignIns).where(eq(mcpSignIns.serverId, id));
      return { ok: false, reason: 'lapsed' };
    }
    await transaction
      .update(mcpSignIns)
      .set({ sealed: seal(home, signInPlace(id), fresh) })
      .where(eq(mcpSignIns.serverId, id));
    return { ok: true, token: fresh.accessToken };
  });
}

/** For workers: a server says that it lets in nobody whom it does not know. */
export async function recordSignInWanted({ database }: Pick<Services, 'database'>, id: string, state: 'needed' | 'lapsed'): Promise<void> {
  await database.db.update(mcpServers).set({ signIn: state }).where(eq(mcpServers.id, id));
}

function isGood({ accessToken, expiresAt }: SignIn, refused: string | undefined): boolean {
  return accessToken !== refused && (expiresAt === null || expiresAt - earlyMs > Date.now());
}

/** `unknown`: nobody knows Choir there any more. */
type Refusal = 'lapsed' | 'unknown' | 'unreachable';

async function refresh(signIn: SignIn, fetchFn: ReturnType<typeof outsideFetch>): Promise<SignIn | Refusal> {
  const { issuer, metadata, client, resource, refreshToken } = signIn;
  if (refreshToken === null) return 'lapsed';
  try {
    const tokens = await refreshAuthorization(issuer, { metadata, clientInformation: client, refreshToken, resource, fetchFn });
    return signInOf(signIn, tokens);
  } catch (error) {
    if (error instanceof InvalidClientError || error instanceof UnauthorizedClientError) return 'unknown';
    return error instanceof InvalidGrantError ? 'lapsed' : 'unreachable';
  }
}
