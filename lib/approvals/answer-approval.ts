import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { authorOf, requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { approvalDecisions } from '#lib/core/approval.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { approvals, users } from '#lib/db/schema.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { askForWorker } from '#lib/threads/ask-for-worker.ts';

const Note = z
  .string()
  .max(20_000, 'At most 20,000 characters.')
  .refine((note) => !note.includes('\0') && note.isWellFormed(), 'The note is not plain text.');

export const AnswerApproval = z
  .object({ approvalId: z.string(), decision: z.enum(approvalDecisions), note: Note.default('') })
  .refine(({ decision, note }) => decision !== 'modify' || note.trim().length > 0, { path: ['note'], message: 'Say what should change.' });
export type AnswerApproval = z.input<typeof AnswerApproval>;

/**
 * Answers an approval once, wherever it was asked: the first answer wins. Throws `not-found`, or `conflict` with who answered, how and when.
 */
export async function answerApproval(context: Context, input: AnswerApproval): Promise<{ threadId: string; runId: string }> {
  const person = requirePerson(context.actor);
  const { approvalId, decision, note } = AnswerApproval.parse(input);
  const open = await findApproval(context, person.workspaceId, approvalId);
  if (open.status !== 'open') throw await alreadyClosed(context, open);
  const result = await context.ledger.command(open.threadId, authorOf(person), [
    { type: 'answer-approval', approvalId, decision, note: note.trim() },
  ]);
  if (!result.ok && (result.reason === 'approval-closed' || result.reason === 'approval-unknown')) {
    throw await alreadyClosed(context, await findApproval(context, person.workspaceId, approvalId));
  }
  accepted(result);
  await askForWorker(context, { threadId: open.threadId, runId: open.runId, key: approvalId });
  return { threadId: open.threadId, runId: open.runId };
}

async function findApproval(context: Context, workspaceId: string, approvalId: string) {
  const [row] = await context.database.db
    .select()
    .from(approvals)
    .where(and(eq(approvals.id, approvalId), eq(approvals.workspaceId, workspaceId)));
  if (!row) throw new DomainError('not-found', 'There is no such approval.');
  return row;
}

async function alreadyClosed(context: Context, row: typeof approvals.$inferSelect): Promise<DomainError> {
  if (row.status === 'withdrawn')
    return new DomainError('conflict', `This approval is closed: ${row.note ?? 'the run has ended.'}`, { status: 'withdrawn' });
  const [user] = row.answeredBy
    ? await context.database.db.select({ name: users.name }).from(users).where(eq(users.id, row.answeredBy))
    : [];
  const details = { decision: row.status, answeredBy: user?.name ?? null, via: row.via, answeredAt: row.answeredAt?.toISOString() ?? null };
  return new DomainError(
    'conflict',
    `This approval was answered already: ${row.status} by ${user?.name ?? 'somebody'}${row.via ? ` (${row.via})` : ''}.`,
    details,
  );
}
