import type { UserFromGetMe } from 'grammy/types';
import type { Services } from '#lib/context.ts';
import type { ChoosableFiles } from './reconcile/choosable-files.ts';
import type { Telegram } from './send/call-telegram.ts';

/** What every part of the bot works with. `epoch` names this start of it. */
export type BotServices = Services & {
  telegram: Telegram;
  me: UserFromGetMe;
  epoch: string;
  choosableFiles: ChoosableFiles;
  /** `fileRoot` holds the token: it is never logged, shown or kept. */
  fileRoot: string;
  /** Logs one line without the token. */
  log(line: string, error?: unknown): void;
};
