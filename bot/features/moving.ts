import { Composer } from 'grammy';
import { moveChat } from '#lib/telegram/move-chat.ts';
import type { Incoming } from '../incoming.ts';

/** Telegram itself says that a group has another id from now on, whoever made it a supergroup. Stands before the gate. */
export const moving = new Composer<Incoming>();

moving.on('message:migrate_to_chat_id', (incoming) =>
  moveChat(incoming.services, { from: incoming.here.chatId, to: incoming.msg.migrate_to_chat_id }),
);
