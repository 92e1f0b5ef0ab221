import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { changeTicks, readTicks, untouchedTicks } from '#lib/telegram/ticks.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import type { Incoming } from '../incoming.ts';
import type { Asked } from '../render/chooser-card.ts';
import { applyTick, type ChoosableFile, choiceHash, isDropped, keptAmount } from '../render/choosing.ts';
import type { TapOn } from '../render/message-spec.ts';
import { showOutcome } from './show-thread.ts';

/** Opens the choice of what to keep on the card, turns its pages, and closes it. What was ticked stays. */
export async function openChoice(incoming: Incoming, { do: _, view, ...asked }: TapOn<'choose'>): Promise<void> {
  await readFiles(incoming, asked);
  await changeTicks(incoming.services, cardOf(incoming, asked), (ticks) => ({ ...ticks, view }));
  await showOutcome(incoming, asked.threadId);
}

/** One tick. It says what it makes of it, so that a tap on what was drawn before does nothing twice. */
export async function tickChoice(incoming: Incoming, { do: _, path, hunk, keep, ...asked }: TapOn<'tick'>): Promise<void> {
  const files = await readFiles(incoming, asked);
  let said = '';
  await changeTicks(incoming.services, cardOf(incoming, asked), (ticks) => {
    if (!ticks.view) throw new DomainError('conflict', 'Nobody is choosing here any more. Nothing was changed.');
    const dropped = applyTick(files, ticks.dropped, { path, hunk, keep });
    if (choiceHash(dropped) === choiceHash(ticks.dropped)) said = `It ${keep ? 'stays' : 'goes'} already. Nothing was changed.`;
    // A group is drawn anew some times a minute only.
    else said = incoming.isPrivate ? '' : `Ticked: ${keptAmount({ files, dropped })}`;
    return { ...ticks, dropped };
  });
  await incoming.answerTap(said);
  await showOutcome(incoming, asked.threadId);
}

/** The answer to what is ticked, as it stood above the button: nothing is a no. */
export async function keepChoice(incoming: Incoming, { do: _, choice, ...asked }: TapOn<'keep'>): Promise<void> {
  const { threadId, approvalId, actionHash } = asked;
  const files = await readFiles(incoming, asked);
  const { dropped } = (await readTicks(incoming.services, incoming.here.chatId, [asked])).get(approvalId) ?? untouchedTicks;
  const amount = keptAmount({ files, dropped });
  if (choiceHash(dropped) !== choice)
    throw new DomainError('conflict', `By now ${amount} are ticked. Nothing was answered: tap again once the button says so.`);
  const kept = files.map(({ path }) => path).filter((path) => !isDropped(dropped, path));
  const isKept = kept.length > 0;
  await answerApproval(incoming.verb, {
    approvalId,
    actionHash,
    decision: isKept ? 'approve' : 'reject',
    ...(isKept && dropped.files.length > 0 ? { keepPaths: kept } : {}),
    ...(isKept && dropped.hunks.length > 0 ? { dropHunks: dropped.hunks } : {}),
  });
  await incoming.answerTap(isKept ? `✅ Approved: ${amount}` : '❌ Rejected');
  await showOutcome(incoming, threadId);
}

function cardOf({ here }: Incoming, { approvalId, actionHash }: Asked) {
  return { chatId: here.chatId, approvalId, actionHash };
}

/** What may be kept of what is asked still. Throws `conflict` when that is over, or another action by now. */
async function readFiles(incoming: Incoming, { threadId, approvalId, actionHash }: Asked): Promise<ChoosableFile[]> {
  const state = await getThread(incoming.verb, { threadId });
  const approval = state.run?.approvals.find((known) => known.approvalId === approvalId);
  if (approval?.answer) throw new DomainError('conflict', 'This was answered already. Nothing was changed.');
  if (!approval || approval.withdrawn || approval.action.hash !== actionHash)
    throw new DomainError('conflict', 'This is not asked any more. Nothing was changed.');
  const files = await incoming.services.choosableFiles(state, approval);
  if (files.length === 0) throw new DomainError('conflict', 'There is nothing to choose any more. Nothing was changed.');
  return files;
}
