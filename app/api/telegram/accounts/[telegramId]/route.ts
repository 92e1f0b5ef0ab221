import { unlinkAccount } from '#lib/telegram/accounts.ts';
import { unlinkTelegramOperation } from '../../../_contract/telegram.ts';
import { handle } from '../../../_server/handle.ts';

export const DELETE = handle(unlinkTelegramOperation, unlinkAccount);
