import { selectClientAuthMethod } from '@modelcontextprotocol/sdk/client/auth.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { ChoirHome } from '#lib/home.ts';
import type { McpServerRow } from '../mcp-server.ts';
import { unseal } from '../sealed.ts';
import { SignIn, signInPlace } from './grant.ts';
import { outsideFetch } from './outside-fetch.ts';

/**
 * Asks the service to forget the tokens of a sign-in that Choir has just forgotten (RFC 7009), where it has an address for that. Never throws: one that
 * does not answer keeps no person signed in here.
 */
export async function revokeSignIn(
  home: ChoirHome,
  { id, transport }: Pick<McpServerRow, 'id' | 'transport'>,
  sealed: Buffer,
): Promise<void> {
  const signIn = unseal(home, signInPlace(id), sealed, SignIn);
  if (!signIn || transport.kind !== 'http') return;
  const fetchFn = outsideFetch({ privateAddress: transport.privateAddress === true });
  const { accessToken, refreshToken } = signIn;
  const tokens = [['refresh_token', refreshToken] as const, ['access_token', accessToken] as const];
  await Promise.allSettled(
    tokens.map(([hint, token]) => (token === null ? null : revoke(signIn, { token, token_type_hint: hint }, fetchFn))),
  );
}

async function revoke({ metadata, client }: SignIn, token: Record<string, string>, fetchFn: FetchLike): Promise<void> {
  const { revocation_endpoint: address, token_endpoint_auth_methods_supported: usual = [] } = metadata;
  if (!address) return;
  const { client_id, client_secret } = client;
  const form = new URLSearchParams(token);
  const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
  const method = selectClientAuthMethod(client, metadata.revocation_endpoint_auth_methods_supported ?? usual);
  if (method === 'client_secret_basic') headers.set('authorization', `Basic ${btoa(`${client_id}:${client_secret}`)}`);
  else form.set('client_id', client_id);
  if (method === 'client_secret_post' && client_secret) form.set('client_secret', client_secret);
  await fetchFn(address, { method: 'POST', headers, body: form.toString() });
}
