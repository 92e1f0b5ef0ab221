import { Composer } from 'grammy';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { type RememberScope, rememberScopes } from '#lib/core/approval.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { findPrompt, openPrompt, placePrompt, readWanted } from '#lib/telegram/prompts.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import type { Incoming } from '../incoming.ts';
import type { ButtonSpec, TapOn } from '../render/message-spec.ts';
import { showOutcome } from './show-thread.ts';
import { requireTarget } from './target-thread.ts';

const lasting: Record<RememberScope, string> = { run: 'In this run', thread: 'In this thread', workspace: 'Everywhere' };

/** Approve and Reject. The tap is answered as soon as the ledger has it; the card follows by itself. */
export async function answerCard(incoming: Incoming, { approvalId, actionHash, decision, remember }: TapOn<'answer'>): Promise<void> {
  const { threadId } = await answerApproval(incoming.verb, { approvalId, actionHash, decision, remember });
  await incoming.answerTap(decision === 'approve' ? '✅ Approved' : '❌ Rejected');
  await showOutcome(incoming, threadId);
}

/** A yes that lasts: where it does is asked beside the card. */
export async function askHowLong(incoming: Incoming, { approvalId, actionHash }: TapOn<'remember'>): Promise<void> {
  const answer = { do: 'answer', approvalId, actionHash, decision: 'approve' } as const;
  const buttons = rememberScopes.map((remember): ButtonSpec[] => [{ label: lasting[remember], action: { ...answer, remember } }]);
  await incoming.say('Approve, and let exactly this go unasked from now on. Where?', {
    buttons: [...buttons, [{ label: 'Never mind', action: { do: 'close' } }]],
  });
}

export async function askWhatChanges(incoming: Incoming, { approvalId }: TapOn<'modify'>): Promise<void> {
  const wanted = await readWanted(incoming.services, approvalId);
  if (!wanted) throw new DomainError('conflict', 'This was answered already. Nothing was changed.');
  const question = wanted.isTyped ? 'What should be typed?' : 'What should change?';
  await incoming.answerTap(question);
  const about = [
    wanted.isPlan && 'Say it in words, or send the steps as they should be, a numbered line for each. “Leave out 2” works too.',
    wanted.isSecret && 'I remove it as soon as I have it, but Telegram can read it.',
  ];
  const words = [question, 'Your next message is the answer.', ...about].filter(Boolean).join(' ');
  const where = { ...incoming.here, telegramId: incoming.senderId };
  const before = await findPrompt(incoming.services, where);
  // Taps wait for nothing: the answer, and it may be a password, can be there before this goes on, or this bot may never go on.
  await openPrompt(incoming.services, { ...where, approvalId });
  const messageId = await incoming.say(words, { forceReply: question });
  const isOpen = await placePrompt(incoming.services, { ...where, approvalId, messageId });
  // A reply to one that nobody waits for would reach nobody, and may be a password.
  for (const gone of [before?.messageId, isOpen ? 0 : messageId])
    if (gone) await incoming.services.telegram.attempt('deleteMessage', { chat_id: where.chatId, message_id: gone });
}

/** Stops the run that the button is about, and none that came after it. */
export async function stopRun(incoming: Incoming, { threadId, runId }: TapOn<'stop'>): Promise<void> {
  const { run } = await getThread(incoming.verb, { threadId });
  if (run?.runId !== runId) throw new DomainError('conflict', 'This run is over. Nothing was changed.');
  await incoming.answerTap('⏹ Stopping');
  await cancelRun(incoming.verb, { threadId });
  await showOutcome(incoming, threadId);
}

export const cancelling = new Composer<Incoming>();
cancelling.command('cancel', async (incoming) => {
  const threadId = await requireTarget(incoming);
  await cancelRun(incoming.verb, { threadId });
  await incoming.desk.touchThread(threadId);
});
