import { createLinkCode } from '#lib/telegram/create-link-code.ts';
import { createTelegramLinkOperation } from '../../_contract/telegram.ts';
import { handle } from '../../_server/handle.ts';

export const POST = handle(createTelegramLinkOperation, async (context, input) => {
  const { code, url, expiresAt } = await createLinkCode(context, input);
  return { code, url, expiresAt: expiresAt.toISOString() };
});
