import { and, eq, ne } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramChats, telegramMessages, telegramPlaces } from '#lib/db/schema.ts';

type With = { database: Database };

/** Where a thread shows: a chat, and the topic there (0: none), for the account that brought it. */
export type Place = { chatId: number; topicId: number; threadId: string; telegramId: number };

/** Shows a thread in a chat from now on; where it shows there already nothing changes. Returns the place as it stands. */
export async function placeThread({ database }: With, place: Place): Promise<Place> {
  const [placed] = await database.db.insert(telegramPlaces).values(place).onConflictDoNothing().returning();
  return placed ?? (await findPlace({ database }, place)) ?? place;
}

/** Where a thread shows in a chat; null where it does not. */
export async function findPlace({ database }: With, { chatId, threadId }: { chatId: number; threadId: string }): Promise<Place | null> {
  const [place] = await database.db
    .select()
    .from(telegramPlaces)
    .where(and(eq(telegramPlaces.chatId, chatId), eq(telegramPlaces.threadId, threadId)));
  return place ?? null;
}

/** The thread that a topic is about. */
export async function findTopic({ database }: With, { chatId, topicId }: { chatId: number; topicId: number }): Promise<Place | null> {
  const [place] = await database.db
    .select()
    .from(telegramPlaces)
    .where(and(eq(telegramPlaces.chatId, chatId), eq(telegramPlaces.topicId, topicId), ne(telegramPlaces.topicId, 0)));
  return place ?? null;
}

/** Everywhere a thread shows. */
export async function listPlaces({ database }: With, threadId: string): Promise<Place[]> {
  return database.db.select().from(telegramPlaces).where(eq(telegramPlaces.threadId, threadId));
}

/** Places whose thread went on since they were brought up to date. */
export async function stalePlaces({ database }: With): Promise<Place[]> {
  return database.sql<Place[]>`
    select p.chat_id::float8 as "chatId", p.topic_id as "topicId", p.thread_id as "threadId", p.telegram_id::float8 as "telegramId"
    from telegram_places p join threads t on t.id = p.thread_id where t.seq > p.seen_seq order by t.open_approvals > 0 desc, t.updated_at`;
}

/** Places where a run works or waits: what they show grows older by itself. */
export async function activePlaces({ database }: With): Promise<Place[]> {
  return database.sql<Place[]>`
    select p.chat_id::float8 as "chatId", p.topic_id as "topicId", p.thread_id as "threadId", p.telegram_id::float8 as "telegramId"
    from telegram_places p join threads t on t.id = p.thread_id where t.run_status in ('queued', 'running', 'waiting')`;
}

export type UnplacedQuestion = { threadId: string; approvalId: string; requestedAt: Date; userId: string; telegramId: number };

/** Questions of threads that show nowhere in Telegram, with the linked accounts of whoever gave their goal that can be written to. */
export async function unplacedQuestions({ database }: With): Promise<UnplacedQuestion[]> {
  return database.sql<UnplacedQuestion[]>`
    select distinct a.thread_id as "threadId", a.id as "approvalId", a.requested_at as "requestedAt", account.user_id as "userId",
      account.telegram_id::float8 as "telegramId"
    from approvals a
    join events goal on goal.thread_id = a.thread_id and goal.type = 'goal.given' and goal.run_id = a.run_id
    join telegram_accounts account on account.user_id = goal.user_id
    where a.status = 'open' and not exists (select 1 from telegram_places p where p.thread_id = a.thread_id)
      and not exists (select 1 from telegram_chats chat where chat.chat_id = account.telegram_id and chat.closed_at is not null)`;
}

/** What shows there is as of `seq`; it never goes back. */
export async function markSeen({ database }: With, { chatId, threadId }: Place, seq: number): Promise<void> {
  await database.sql`
    update telegram_places set seen_seq = ${seq} where chat_id = ${chatId} and thread_id = ${threadId} and seen_seq < ${seq}`;
}

/** The topic is gone: the thread goes on in the chat itself, with messages of its own. */
export async function leaveTopic({ database }: With, { chatId, threadId }: Place): Promise<void> {
  const here = and(eq(telegramPlaces.chatId, chatId), eq(telegramPlaces.threadId, threadId));
  await database.db.update(telegramPlaces).set({ topicId: 0, seenSeq: 0 }).where(here);
  await database.db.delete(telegramMessages).where(and(eq(telegramMessages.chatId, chatId), eq(telegramMessages.threadId, threadId)));
}

/** The chat cannot be written to any more: nothing shows there, and nothing is brought there until somebody is heard from it. */
export async function leaveChat({ database }: With, chatId: number): Promise<void> {
  const closedAt = new Date();
  const chat = { chatId, choices: {}, closedAt };
  await database.db.insert(telegramChats).values(chat).onConflictDoUpdate({ target: telegramChats.chatId, set: { closedAt } });
  await database.db.delete(telegramPlaces).where(eq(telegramPlaces.chatId, chatId));
  await database.db.delete(telegramMessages).where(eq(telegramMessages.chatId, chatId));
}
