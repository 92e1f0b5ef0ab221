import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { authorOf, type Person, requirePerson } from '#lib/auth/require-person.ts';
import { findCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import type { Context } from '#lib/context.ts';
import { type ApprovalDecision, approvalDecisions, type RememberScope, rememberScopes } from '#lib/core/approval.ts';
import { PartPlace } from '#lib/core/change.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { noteLimit } from '#lib/core/limits/note-limit.ts';
import { RequestId } from '#lib/core/request-id.ts';
import { onFace } from '#lib/core/words/on-face.ts';
import { approvals, budgets, users } from '#lib/db/schema.ts';
import type { Caused } from '#lib/ledger/find-caused.ts';
import { rulesInForce } from '#lib/rules/rules-in-force.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { askForWorker } from '#lib/threads/ask-for-worker.ts';
import { placeOf, takeOnce } from '#lib/threads/take-once.ts';
import { checkKeptPart, type KeptPart } from './check-kept-part.ts';
import { rememberedRule } from './remembered-rule.ts';
import { hiddenWords, keepSecretAnswer } from './secret-answer.ts';

const Note = z
  .string()
  .max(noteLimit, `At most ${noteLimit.toLocaleString('en')} characters.`)
  .refine((note) => !note.includes('\0') && note.isWellFormed(), 'The note is not plain text.');

const fields = {
  decision: z.enum(approvalDecisions),
  remember: z.enum(rememberScopes).optional().describe('allow exactly this action from now on: in this run, this thread, or everywhere'),
  keepPaths: z
    .array(z.string().max(4_096))
    .min(1)
    .max(10_000, 'These are too many files to choose from.')
    .optional()
    .describe('keep only these of the files that are shown'),
  dropHunks: z
    .array(PartPlace)
    .min(1)
    .max(1_000, 'These are too many parts to drop one by one: leave out whole files.')
    .optional()
    .describe('keep none of these parts of the files: hunks of the diff that is shown, with their four numbers'),
};
const needsNote = ({ decision, note }: { decision: ApprovalDecision; note?: string }) => decision !== 'modify' || Boolean(note?.trim());
const noteProblem = { path: ['note'], message: 'Say what should change.' };

/** What makes an answer safe to send again, and pins what was seen. */
const sent = {
  requestId: RequestId,
  actionHash: z.string().max(200).optional().describe('`action.hash` of what was shown: another action is not answered'),
};

/** What a face sends besides the id. */
export const AnswerBody = z.object({ ...fields, ...sent, note: Note.optional() }).refine(needsNote, noteProblem);
export const AnswerApproval = z
  .object({ approvalId: z.string(), ...fields, ...sent, note: Note.default('') })
  .refine(needsNote, noteProblem);
export type AnswerApproval = z.input<typeof AnswerApproval>;

/**
 * Answers an approval once, wherever it was asked: the first answer wins. Throws `not-found`, `conflict` with who answered, how and when,
 * `invalid` for what cannot be remembered or kept in part, or `forbidden` for what is the owner's to allow.
 */
export async function answerApproval(context: Context, input: AnswerApproval): Promise<{ threadId: string; runId: string }> {
  const { requestId, ...given } = AnswerApproval.parse(input);
  const again = async (caused: Caused[]) => {
    const { workspaceId } = requirePerson(context.actor);
    const { status } = await findApproval(context, workspaceId, given.approvalId);
    if (status === 'open') throw new DomainError('conflict', 'This request id was used for another answer.');
    return placeOf(caused);
  };
  return takeOnce(context, { requestId, causes: ['approval.answered'], work: (once) => answer(once, given), again });
}

async function answer(
  context: Context,
  { approvalId, decision, note, actionHash, ...wanted }: Omit<z.infer<typeof AnswerApproval>, 'requestId'>,
): Promise<{ threadId: string; runId: string }> {
  const person = requirePerson(context.actor);
  const open = await findApproval(context, person.workspaceId, approvalId);
  if (open.status !== 'open') throw await alreadyClosed(context, open);
  if (actionHash !== undefined && actionHash !== open.action.hash)
    throw new DomainError('conflict', 'This is not what is asked any more. Open it and look again.');
  await requireMoneyRights(context, person, open, decision);
  const remember = wanted.remember && (await ruleOf(context, person, open, decision, wanted.remember));
  const part = (wanted.keepPaths || wanted.dropHunks) && (await partOf(context, open, decision, wanted));
  const isSecret = open.action.secret === true && decision === 'modify';
  if (isSecret) keepSecretAnswer(context.home, { approvalId, userId: person.userId }, note);
  const said = isSecret ? hiddenWords : note.trim();
  const command = { type: 'answer-approval' as const, approvalId, decision, note: said, remember, ...part };
  const result = await context.ledger.command(open.threadId, authorOf(person), [command]);
  if (!result.ok && (result.reason === 'approval-closed' || result.reason === 'approval-unknown')) {
    throw await alreadyClosed(context, await findApproval(context, person.workspaceId, approvalId));
  }
  accepted(result);
  await askForWorker(context, { threadId: open.threadId, runId: open.runId, key: approvalId });
  return { threadId: open.threadId, runId: open.runId };
}

type ApprovalRow = typeof approvals.$inferSelect;

/** The workspace's budget is its owner's: nobody else lets a run go on uncounted under it. */
async function requireMoneyRights(
  { database }: Context,
  person: Person,
  { action }: ApprovalRow,
  decision: ApprovalDecision,
): Promise<void> {
  if (action.budget?.limit !== 'price' || decision === 'reject' || person.role === 'owner') return;
  const held = await database.db.$count(budgets, and(eq(budgets.scope, 'workspace'), eq(budgets.scopeId, person.workspaceId)));
  if (held > 0) throw new DomainError('forbidden', 'The workspace has a budget: only its owner lets a run go on without being counted.');
}

async function ruleOf(context: Context, person: Person, approval: ApprovalRow, decision: ApprovalDecision, scope: RememberScope) {
  const { projectId, run } = await context.ledger.load(approval.threadId);
  const { workspaceId, threadId, runId } = approval;
  const agent = run?.agent ?? '';
  const rules = await rulesInForce(context.database, { workspaceId, projectId, threadId, runId });
  return { scope, rule: rememberedRule({ person, decision, scope, place: { workspaceId, threadId, runId }, agent, approval, rules }) };
}

async function partOf(context: Context, { threadId, kind, action }: ApprovalRow, decision: ApprovalDecision, wanted: KeptPart) {
  const { projectId } = await context.ledger.load(threadId);
  const base = await findCheckpoint(context, threadId, action.baseCheckpointId);
  const store = context.home.store(projectId);
  const { keepPaths, dropHunks } = wanted;
  return checkKeptPart({ decision, kind, keepPaths, dropHunks, effect: action.effect, store, baseCommit: base.commit });
}

async function findApproval(context: Context, workspaceId: string, approvalId: string) {
  const [row] = await context.database.db
    .select()
    .from(approvals)
    .where(and(eq(approvals.id, approvalId), eq(approvals.workspaceId, workspaceId)));
  if (!row) throw new DomainError('not-found', 'There is no such approval.');
  return row;
}

const answered: Record<string, string> = { approve: 'approved', reject: 'rejected', modify: 'sent back' };

async function alreadyClosed(context: Context, row: ApprovalRow): Promise<DomainError> {
  if (row.status === 'withdrawn')
    return new DomainError('conflict', `This approval is closed: ${row.note ?? 'the run has ended.'}`, { status: 'withdrawn' });
  const [user] = row.answeredBy
    ? await context.database.db.select({ name: users.name }).from(users).where(eq(users.id, row.answeredBy))
    : [];
  const details = { decision: row.status, answeredBy: user?.name ?? null, via: row.via, answeredAt: row.answeredAt?.toISOString() ?? null };
  const by = `${user?.name ?? 'somebody'}${row.via ? `, ${onFace[row.via]}` : ''}`;
  return new DomainError('conflict', `This was answered already: ${answered[row.status]} by ${by}.`, details);
}
