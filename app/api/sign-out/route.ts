import { requirePerson } from '#lib/auth/require-person.ts';
import { revokeCredential } from '#lib/auth/revoke-credential.ts';
import { clearedSessionCookie } from '#lib/auth/session-cookie.ts';
import { signOut } from '../_contract/auth.ts';
import { handle } from '../_server/handle.ts';

export const POST = handle(signOut, async (context, _, request) => {
  await revokeCredential(context, { credentialId: requirePerson(context.actor).credentialId });
  const secure = request.headers.get('origin')?.startsWith('https:') ?? false;
  return new Response(null, { status: 204, headers: { 'set-cookie': clearedSessionCookie(secure), 'cache-control': 'no-store' } });
});
