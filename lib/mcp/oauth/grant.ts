import { OAuthClientInformationFullSchema, OAuthMetadataSchema } from '@modelcontextprotocol/sdk/shared/auth.js';
import { z } from 'zod';

/** Whom Choir asks for tokens of a server, and as whom. */
const Grant = z.object({
  /** The authorization server, as the MCP server names it. */
  issuer: z.string(),
  metadata: OAuthMetadataSchema,
  resource: z.string().optional(),
  client: OAuthClientInformationFullSchema,
  redirectUrl: z.string(),
});
export type Grant = z.infer<typeof Grant>;

/** A person who is on the way to the authorization server and back. */
export const Attempt = Grant.extend({ verifier: z.string() });
export type Attempt = z.infer<typeof Attempt>;

/** Times in milliseconds since 1970; `expiresAt` null: not told. */
export const SignIn = Grant.extend({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.number().nullable(),
});
export type SignIn = z.infer<typeof SignIn>;

type Tokens = { access_token: string; refresh_token?: string; expires_in?: number };

/** The sign-in that these tokens make, as of now. */
export function signInOf(grant: Grant, { access_token, refresh_token, expires_in }: Tokens): SignIn {
  const expiresAt = expires_in === undefined ? null : Date.now() + expires_in * 1_000;
  const { issuer, metadata, resource, client, redirectUrl } = grant;
  return { issuer, metadata, resource, client, redirectUrl, accessToken: access_token, refreshToken: refresh_token ?? null, expiresAt };
}

/** Where each is sealed. */
export const signInPlace = (serverId: string) => `sign-in of ${serverId}`;
export const attemptPlace = (serverId: string) => `attempt of ${serverId}`;
