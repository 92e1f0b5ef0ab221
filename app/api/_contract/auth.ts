import { z } from 'zod';
import { CreateTokenInput } from '#lib/auth/create-token.ts';
import { Credential } from '#lib/auth/credential.ts';
import { RequestId } from '#lib/core/request-id.ts';
import { operation } from './operation.ts';

export const redeemSignIn = operation({
  method: 'POST',
  path: '/api/sign-in',
  summary: 'Trade a one-time code for a session',
  description: 'Sets the session cookie. A code works once and for 24 hours; again only to the same `requestId`.',
  open: true,
  body: z.object({
    code: z.string().min(1).max(200),
    deviceName: z.string().trim().min(1).max(120).optional(),
    requestId: RequestId,
  }),
  status: 200,
  reply: z.object({ credentialId: z.string(), userId: z.string(), expiresAt: z.iso.datetime() }),
});

export const createSignInLinkOperation = operation({
  method: 'POST',
  path: '/api/sign-in/links',
  summary: 'Make a one-time link that signs in another device of yours',
  query: z.object({ requestId: RequestId }),
  status: 201,
  reply: z.object({ url: z.url(), expiresAt: z.iso.datetime() }),
});

export const signOut = operation({
  method: 'POST',
  path: '/api/sign-out',
  summary: 'End this session',
  description: 'Revokes the credential that asks, closes its live connections and clears the cookie.',
  status: 204,
});

export const listCredentialsOperation = operation({
  method: 'GET',
  path: '/api/credentials',
  summary: 'Your devices and tokens',
  status: 200,
  reply: z.object({ credentials: z.array(Credential) }),
});

export const revokeCredentialOperation = operation({
  method: 'DELETE',
  path: '/api/credentials/{credentialId}',
  summary: 'Revoke a device or token',
  description: 'Its live connections close at once.',
  params: z.object({ credentialId: z.string() }),
  status: 204,
});

export const createTokenOperation = operation({
  method: 'POST',
  path: '/api/tokens',
  summary: 'Make an API token',
  description: 'The token is shown this once; again only to the same `requestId`.',
  body: CreateTokenInput,
  status: 201,
  reply: z.object({ token: z.string(), credential: Credential }),
});
