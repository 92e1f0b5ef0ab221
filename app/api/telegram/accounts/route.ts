import { listAccounts } from '#lib/telegram/accounts.ts';
import { findBot } from '#lib/telegram/register-bot.ts';
import { listTelegramAccountsOperation } from '../../_contract/telegram.ts';
import { handle } from '../../_server/handle.ts';

export const GET = handle(listTelegramAccountsOperation, async (context) => ({
  bot: await findBot(context),
  accounts: await listAccounts(context),
}));
