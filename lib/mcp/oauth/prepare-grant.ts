import { discoverOAuthServerInfo, extractWWWAuthenticateParams, registerClient } from '@modelcontextprotocol/sdk/client/auth.js';
import type {
  AuthorizationServerMetadata,
  OAuthClientInformationFull,
  OAuthClientMetadata,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import { checkResourceAllowed } from '@modelcontextprotocol/sdk/shared/auth-utils.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Grant } from './grant.ts';
import { knock } from './knock.ts';

type Client = { id: string; secret?: string };
type Place = { url: string; redirectUrl: string; before: Grant | null; client?: Client };

/**
 * Asks a server who signs people in to it, and registers Choir there unless it is: by hand (`client`), or the last time (`before`). Throws DomainError `unavailable` with words for the
 * person: nothing of what the servers say is in them.
 */
export async function prepareGrant(place: Place, fetchFn: FetchLike): Promise<{ grant: Grant; scope?: string }> {
  const { url, redirectUrl } = place;
  const challenge = extractWWWAuthenticateParams(await orSay(knock(url, fetchFn), 'The server does not answer.'));
  const found = await orSay(
    discoverOAuthServerInfo(url, { resourceMetadataUrl: challenge.resourceMetadataUrl, fetchFn }),
    'Where to sign in could not be found out.',
  );
  const { authorizationServerUrl: issuer, authorizationServerMetadata: metadata, resourceMetadata } = found;
  if (!metadata) throw unavailable('It does not say where to sign in. Remove it, and add it again with a header that holds its key.');
  if (!isSameIssuer(metadata.issuer, issuer)) throw unavailable('Where it signs people in gives itself another name.');
  if (!metadata.code_challenge_methods_supported?.includes('S256'))
    throw unavailable('Its way to sign in is not safe enough: it lacks PKCE.');
  const resource = resourceMetadata?.resource;
  if (resource && !checkResourceAllowed({ requestedResource: url, configuredResource: resource }))
    throw unavailable('It names another server than itself.');
  const scope = challenge.scope ?? resourceMetadata?.scopes_supported?.join(' ');
  const known = knownClient(place, issuer);
  const byHand = `Register Choir there yourself, with ${redirectUrl} as the address to come back to, and sign in with its client ID. Or remove it, and add it again with a header.`;
  if (!known && !metadata.registration_endpoint) throw unavailable(`Choir cannot register itself there. ${byHand}`);
  const client =
    known ??
    (await orSay(
      registerClient(issuer, { metadata, clientMetadata: describe(redirectUrl, metadata), scope, fetchFn }),
      `It refused to register Choir. ${byHand}`,
    ));
  return { grant: { issuer, metadata, resource, client, redirectUrl }, scope };
}

function knownClient({ redirectUrl, before, client }: Place, issuer: string): OAuthClientInformationFull | null {
  if (client) return { client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUrl] };
  if (before?.issuer !== issuer || before.redirectUrl !== redirectUrl) return null;
  const { client_secret_expires_at: expiresAt = 0 } = before.client;
  return expiresAt === 0 || expiresAt * 1_000 > Date.now() ? before.client : null;
}

function describe(redirectUrl: string, { token_endpoint_auth_methods_supported: known }: AuthorizationServerMetadata): OAuthClientMetadata {
  const methods = ['none', 'client_secret_basic', 'client_secret_post'];
  return {
    client_name: 'Choir',
    redirect_uris: [redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: methods.find((method) => known?.includes(method)) ?? 'none',
  };
}

/** A slash at the end is often lost. */
function isSameIssuer(named: string, asked: string): boolean {
  return named.replace(/\/$/, '') === asked.replace(/\/$/, '');
}

async function orSay<Value>(work: Promise<Value>, words: string): Promise<Value> {
  try {
    return await work;
  } catch {
    throw unavailable(words);
  }
}

function unavailable(words: string): DomainError {
  return new DomainError('unavailable', words);
}
