import { randomBytes } from 'node:crypto';
import { startAuthorization } from '@modelcontextprotocol/sdk/client/auth.js';
import { eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import { hashSecret } from '#lib/auth/secret.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mcpSignInAttempts, mcpSignIns } from '#lib/db/schema.ts';
import { findMcpServer } from './find-mcp-server.ts';
import { attemptPlace, SignIn, signInPlace } from './oauth/grant.ts';
import { outsideFetch } from './oauth/outside-fetch.ts';
import { prepareGrant } from './oauth/prepare-grant.ts';
import { requireServerOwner } from './require-server-owner.ts';
import { seal, unseal } from './sealed.ts';

const attemptMinutes = 15;

const Plain = z
  .string()
  .max(2_000)
  .regex(/^[\x20-\x7e]+$/, 'It holds plain letters only.');

/** `client`: Choir as a person registered it by hand, at a service that lets no program do so. */
export const StartMcpSignIn = z.object({
  client: z
    .strictObject({ id: Plain, secret: Plain.optional() })
    .optional()
    .describe('as a person registered Choir there; without it Choir does'),
});

type Input = z.input<typeof StartMcpSignIn> & { projectId: string; name: string; callbackUrl: string };

/**
 * Where the person signs in to a server: they come back to `callbackUrl` within a quarter of an hour, once. `host` is whose page it is. Throws `forbidden`,
 * `not-found`, `invalid` for a server of the sandbox, and `unavailable` with what is in the way.
 */
export async function startMcpSignIn(context: Context, input: Input): Promise<{ url: string; host: string }> {
  const owner = requireServerOwner(context.actor);
  const { projectId, name, callbackUrl } = input;
  const { client } = StartMcpSignIn.parse(input);
  const { id, transport } = await findMcpServer(context, { projectId, name });
  if (transport.kind !== 'http')
    throw new DomainError('invalid', 'There is nothing to sign in to: this server is a program of the sandbox.');
  const { home } = context;
  const { db } = context.database;
  const fetchFn = outsideFetch({ privateAddress: transport.privateAddress === true });
  const [before] = await db.select().from(mcpSignIns).where(eq(mcpSignIns.serverId, id));
  const known = before ? unseal(home, signInPlace(id), before.sealed, SignIn) : null;
  const { grant, scope } = await prepareGrant({ url: transport.url, redirectUrl: callbackUrl, before: known, client }, fetchFn);
  const state = randomBytes(32).toString('base64url');
  const { authorizationUrl, codeVerifier } = await startAuthorization(grant.issuer, {
    metadata: grant.metadata,
    clientInformation: grant.client,
    redirectUrl: callbackUrl,
    scope,
    state,
    resource: grant.resource,
  }).catch(() => {
    throw new DomainError('unavailable', 'Its way to sign in is not one that Choir knows.');
  });
  if (transport.privateAddress !== true && authorizationUrl.protocol !== 'https:')
    throw new DomainError('unavailable', 'Its page to sign in is not https.');
  await db.delete(mcpSignInAttempts).where(lt(mcpSignInAttempts.expiresAt, new Date()));
  await db.insert(mcpSignInAttempts).values({
    stateHash: hashSecret(state),
    serverId: id,
    userId: owner.userId,
    sealed: seal(home, attemptPlace(id), { ...grant, verifier: codeVerifier }),
    expiresAt: new Date(Date.now() + attemptMinutes * 60_000),
  });
  return { url: authorizationUrl.href, host: authorizationUrl.host };
}
