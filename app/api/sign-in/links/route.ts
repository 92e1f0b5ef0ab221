import { createSignInLink } from '#lib/auth/create-sign-in-link.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import { secretFor } from '#lib/auth/secret-for.ts';
import { createSignInLinkOperation } from '../../_contract/auth.ts';
import { handle } from '../../_server/handle.ts';
import { linkAnswer } from '../../_server/link-answer.ts';

export const POST = handle(createSignInLinkOperation, async (context, { requestId }, request) => {
  const { userId } = requirePerson(context.actor);
  const code = secretFor(context.home, 'link', { by: userId, for: userId, requestId });
  return linkAnswer(context.settings, request, await createSignInLink(context, { userId, code }));
});
