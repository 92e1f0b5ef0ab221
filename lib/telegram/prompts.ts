import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { approvals, telegramPrompts } from '#lib/db/schema.ts';

type With = { database: Database };
type Asked = { chatId: number; topicId: number; telegramId: number };
/** `messageId`: the message that asks; 0 while none stands in the chat. */
export type Prompt = Asked & { approvalId: string; messageId: number };
/**
 * `open`: the approval still waits for an answer. `isSecret`: the answer is a password. `isAwaited`: the person's next words are meant as the answer;
 * where that would be a password also when they come too late, as nothing else may become of it.
 */
export type OpenPrompt = Prompt & { threadId: string | null; open: boolean; isSecret: boolean; isAwaited: boolean };

const lifeMs = 3_600_000;

function asked({ chatId, topicId, telegramId }: Asked) {
  return and(eq(telegramPrompts.chatId, chatId), eq(telegramPrompts.topicId, topicId), eq(telegramPrompts.telegramId, telegramId));
}

const secret = sql<boolean>`coalesce((${approvals.action}->>'secret')::boolean, false)`;

/** What the words of an answer would be: another plan, or typed into a terminal, and there perhaps a password that no event holds. Null when nobody waits for them. */
export async function readWanted(
  { database }: With,
  approvalId: string,
): Promise<{ isPlan: boolean; isTyped: boolean; isSecret: boolean } | null> {
  const waiting = and(eq(approvals.id, approvalId), eq(approvals.status, 'open'));
  const [approval] = await database.db.select({ kind: approvals.kind, isSecret: secret }).from(approvals).where(waiting);
  return approval ? { isPlan: approval.kind === 'plan', isTyped: approval.kind === 'prompt', isSecret: approval.isSecret } : null;
}

/** Remembers, before it is asked, what a person is asked: one question at a time in a place, the newest counts. */
export async function openPrompt({ database }: With, prompt: Asked & { approvalId: string }): Promise<void> {
  const row = { ...prompt, messageId: 0, expiresAt: new Date(Date.now() + lifeMs) };
  const target = [telegramPrompts.chatId, telegramPrompts.topicId, telegramPrompts.telegramId];
  await database.db.insert(telegramPrompts).values(row).onConflictDoUpdate({ target, set: row });
}

/** Where the question stands. False when it was answered, or another one asked, before that was known. */
export async function placePrompt({ database }: With, { approvalId, messageId, ...where }: Prompt): Promise<boolean> {
  const asking = and(asked(where), eq(telegramPrompts.approvalId, approvalId));
  const placed = await database.db.update(telegramPrompts).set({ messageId }).where(asking).returning({ asks: telegramPrompts.messageId });
  return placed.length > 0;
}

/** What this person was asked last in this place; null when that was answered there. */
export async function findPrompt({ database }: With, where: Asked): Promise<OpenPrompt | null> {
  const [found] = await database.db
    .select({
      ...getTableColumns(telegramPrompts),
      threadId: approvals.threadId,
      open: sql<boolean>`coalesce(${approvals.status} = 'open', false)`,
      isSecret: secret,
    })
    .from(telegramPrompts)
    .leftJoin(approvals, eq(approvals.id, telegramPrompts.approvalId))
    .where(asked(where));
  if (!found) return null;
  const { expiresAt, ...prompt } = found;
  const isFresh = expiresAt.getTime() > Date.now();
  return { ...prompt, isAwaited: prompt.open ? isFresh || prompt.isSecret : isFresh && prompt.isSecret };
}

/** The question is answered, or over. */
export async function closePrompt({ database }: With, where: Asked): Promise<void> {
  await database.db.delete(telegramPrompts).where(asked(where));
}
