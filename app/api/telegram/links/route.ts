import { createLinkCode } from '#lib/telegram/create-link-code.ts';
import { createTelegramLinkOperation } from '../../_contract/telegram.ts';
import { handle } from '../../_server/handle.ts';

export const POST = handle(createTelegramLinkOperation, async (context) => {
  const { code, url, expiresAt } = await createLinkCode(context);
  return { code, url, expiresAt: expiresAt.toISOString() };
});
