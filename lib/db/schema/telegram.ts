import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PartPlace } from '#lib/core/change.ts';
import type { RunMode } from '#lib/core/event.ts';
import type { Judgement, RunLimits } from '#lib/core/limits/run-limits.ts';
import { bytes, instant } from './columns.ts';
import { users } from './people.ts';

const telegramId = (name: string) => bigint(name, { mode: 'number' });

/** The bot whose chats the tables below speak of: one row. Its name makes deep links. */
export const telegramBots = pgTable('telegram_bots', {
  botId: telegramId('bot_id').primaryKey(),
  username: text('username').notNull(),
});

/** Telegram users who may speak for a person here. No row, no effect. */
export const telegramAccounts = pgTable(
  'telegram_accounts',
  {
    telegramId: telegramId('telegram_id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    linkedAt: instant('linked_at').notNull().defaultNow(),
  },
  (table) => [index('telegram_accounts_user').on(table.userId)],
);

export const telegramLinkCodes = pgTable('telegram_link_codes', {
  codeHash: bytes('code_hash').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** What Telegram sent, kept until it is done and then as proof that it was. `epoch`: the start of the bot that took it in. */
export const telegramUpdates = pgTable(
  'telegram_updates',
  {
    updateId: telegramId('update_id').primaryKey(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    epoch: text('epoch').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    begunAt: instant('begun_at'),
    doneAt: instant('done_at'),
  },
  (table) => [index('telegram_updates_open').on(table.updateId).where(sql`done_at is null`)],
);

/** What a person chose in a chat for the goals to come. */
export type TelegramChoices = {
  projectId?: string;
  /** Null: the best fit, whoever a thread had before. */
  agent?: string | null;
  model?: string;
  mode?: RunMode;
  dryRun?: boolean;
  judgement?: Judgement;
  limits?: RunLimits;
};

export const telegramChats = pgTable('telegram_chats', {
  chatId: telegramId('chat_id').primaryKey(),
  choices: jsonb('choices').$type<TelegramChoices>().notNull(),
  /** Where plain text goes in a chat without topics. */
  currentThreadId: text('current_thread_id'),
  /** Since when Telegram lets nothing through to it: its person blocked the bot, or the chat is gone. */
  closedAt: instant('closed_at'),
  /** Until when nothing may be sent there, as Telegram said with a 429. */
  heldUntil: instant('held_until'),
});

/** Where a thread shows. `topicId` 0: the chat has no topics. `seenSeq`: how much of the thread the chat shows already. */
export const telegramPlaces = pgTable(
  'telegram_places',
  {
    chatId: telegramId('chat_id').notNull(),
    threadId: text('thread_id').notNull(),
    topicId: integer('topic_id').notNull(),
    telegramId: telegramId('telegram_id')
      .notNull()
      .references(() => telegramAccounts.telegramId, { onDelete: 'cascade' }),
    seenSeq: integer('seen_seq').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.threadId] }),
    uniqueIndex('telegram_places_topic').on(table.chatId, table.topicId).where(sql`topic_id <> 0`),
    index('telegram_places_thread').on(table.threadId),
  ],
);

/** What stands in a chat: `key` names it over renders, `hash` is of what it shows. */
export const telegramMessages = pgTable(
  'telegram_messages',
  {
    chatId: telegramId('chat_id').notNull(),
    key: text('key').notNull(),
    threadId: text('thread_id').notNull(),
    messageId: integer('message_id').notNull(),
    hash: text('hash').notNull(),
    sentAt: instant('sent_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.key] }),
    uniqueIndex('telegram_messages_message').on(table.chatId, table.messageId),
  ],
);

/** What a button does; its id is all that Telegram gets. `telegramId`: whose it is alone. `usedBy`: the update that used it up. */
export const telegramButtons = pgTable(
  'telegram_buttons',
  {
    id: text('id').primaryKey(),
    chatId: telegramId('chat_id').notNull(),
    telegramId: telegramId('telegram_id'),
    action: jsonb('action').$type<unknown>().notNull(),
    actionKey: text('action_key').notNull(),
    epoch: text('epoch').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedBy: telegramId('used_by'),
  },
  (table) => [uniqueIndex('telegram_buttons_action').on(table.chatId, table.actionKey, table.epoch)],
);

/**
 * Files that a person sent without words: the next words of theirs in the place take them along. `path`: where one lies already, in the thread that it
 * was sent to.
 */
export const telegramFiles = pgTable(
  'telegram_files',
  {
    chatId: telegramId('chat_id').notNull(),
    messageId: integer('message_id').notNull(),
    topicId: integer('topic_id').notNull(),
    telegramId: telegramId('telegram_id').notNull(),
    fileId: text('file_id').notNull(),
    name: text('name').notNull(),
    threadId: text('thread_id'),
    path: text('path'),
    sentAt: instant('sent_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.chatId, table.messageId] })],
);

/** "What should change?", asked of one person in one place: their next words there are the answer. */
export const telegramPrompts = pgTable(
  'telegram_prompts',
  {
    chatId: telegramId('chat_id').notNull(),
    topicId: integer('topic_id').notNull(),
    telegramId: telegramId('telegram_id').notNull(),
    approvalId: text('approval_id').notNull(),
    messageId: integer('message_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.chatId, table.topicId, table.telegramId] })],
);

/** What a person does not keep of an effect: whole files, and hunks of others. */
export type TelegramDropped = { files: string[]; hunks: PartPlace[] };
/** What of an effect a card shows while a person chooses: a page of its files, or of the parts of one. */
export type TelegramTicksView = { path?: string; page: number };

/** What is ticked on a card in a chat and not answered yet. `actionHash`: of the action that it was ticked on. Without a view the card shows its question. */
export const telegramTicks = pgTable(
  'telegram_ticks',
  {
    chatId: telegramId('chat_id').notNull(),
    approvalId: text('approval_id').notNull(),
    actionHash: text('action_hash').notNull(),
    dropped: jsonb('dropped').$type<TelegramDropped>().notNull(),
    view: jsonb('view').$type<TelegramTicksView>(),
  },
  (table) => [primaryKey({ columns: [table.chatId, table.approvalId] })],
);
