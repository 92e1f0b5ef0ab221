import { createSignInLink, signInUrl } from '#lib/auth/create-sign-in-link.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import { createSignInLinkOperation } from '../../_contract/auth.ts';
import { handle } from '../../_server/handle.ts';

export const POST = handle(createSignInLinkOperation, async ({ actor, database, settings }, _, request) => {
  const { code, expiresAt } = await createSignInLink({ database }, { userId: requirePerson(actor).userId });
  const publicUrl = settings.CHOIR_PUBLIC_URL ?? request.headers.get('origin') ?? `http://${request.headers.get('host')}`;
  return { url: signInUrl(publicUrl, code), expiresAt: expiresAt.toISOString() };
});
