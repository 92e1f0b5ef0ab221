import { z } from 'zod';
import { RequestId } from '#lib/core/request-id.ts';
import { operation } from './operation.ts';

export const TelegramAccount = z.object({ telegramId: z.number().int(), name: z.string(), linkedAt: z.iso.datetime() });

export const listTelegramAccountsOperation = operation({
  method: 'GET',
  path: '/api/telegram/accounts',
  summary: 'The Telegram accounts that speak for you',
  status: 200,
  reply: z.object({
    bot: z.string().nullable().describe('username of the bot; null where none has run yet'),
    accounts: z.array(TelegramAccount),
  }),
});

export const createTelegramLinkOperation = operation({
  method: 'POST',
  path: '/api/telegram/links',
  summary: 'Make a one-time code that links a Telegram account to you',
  description: 'Send `/start CODE` to the bot, or open `url`. Whoever does so first speaks for you: the code is shown this once.',
  query: z.object({ requestId: RequestId }),
  status: 201,
  reply: z.object({ code: z.string(), url: z.url().nullable(), expiresAt: z.iso.datetime() }),
});

export const unlinkTelegramOperation = operation({
  method: 'DELETE',
  path: '/api/telegram/accounts/{telegramId}',
  summary: 'Unlink a Telegram account',
  description: 'Its next word has no effect.',
  params: z.object({ telegramId: z.coerce.number().int() }),
  status: 204,
});
