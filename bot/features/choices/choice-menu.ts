import type { RunLimits } from '#lib/core/limits/run-limits.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { describeDuration, describeLimits } from '#lib/core/words/describe-limit.ts';
import { changeChoices, readChat, type TelegramChoices } from '#lib/telegram/chats.ts';
import type { RunChoice } from '#lib/threads/choose-run.ts';
import type { Incoming } from '../../incoming.ts';
import type { ButtonSpec, ChatText } from '../../render/message-spec.ts';
import type { RichText } from '../../render/rich-text.ts';
import { exactLine } from '../../render/safe-text.ts';

/** What was chosen in this chat for the goals to come. */
export async function readChoices({ services, here }: Incoming): Promise<TelegramChoices> {
  return (await readChat(services, here.chatId)).choices;
}

/** The same as a goal takes it. Limits were chosen as a whole: one that was not named holds no more, whatever the thread had before. */
export async function chosenRun(incoming: Incoming): Promise<RunChoice> {
  const { projectId: _, limits, ...choice } = await readChoices(incoming);
  if (!limits) return choice;
  const { budgetUsd = null, maxIterations = null, timeMs = null, checkpointEveryMs = null } = limits;
  return { ...choice, limits: { budgetUsd, maxIterations, timeMs, checkpointEveryMs } };
}

/** Keeps a choice; an undefined one is open again. */
export async function choose(
  { services, here }: Incoming,
  change: TelegramChoices | ((before: TelegramChoices) => TelegramChoices),
): Promise<TelegramChoices> {
  return changeChoices(services, here.chatId, (before) => ({ ...before, ...(typeof change === 'function' ? change(before) : change) }));
}

/** Said in the place of the menu that was tapped, or as an answer to the words. */
export async function confirm(incoming: Incoming, content: RichText, buttons: ButtonSpec[][] = []): Promise<void> {
  if (incoming.callbackQuery) await incoming.showInstead(content, buttons);
  else await incoming.say(content, { buttons });
}

/** A menu that stays open while one chooses in it. */
export const showMenu = (incoming: Incoming, { content, buttons }: ChatText) => confirm(incoming, content, buttons);

export function mark(label: string, chosen: boolean): string {
  return chosen ? `✓ ${label}` : label;
}

/** What holds for the next goal beside its project, in a line; '' where nothing was chosen. */
export function describeChoices({ agent, model, mode, dryRun, judgement, limits = {} }: TelegramChoices): string {
  const parts = [
    agent ? agentName(agent) : agent === null && 'best fit',
    model && exactLine(model, 60),
    dryRun ? 'dry run' : mode,
    judgement === 'turn' && 'judged by turn',
    describeBounds(limits),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Limits in a line, and how often it saves; '' where there is none. */
export function describeBounds(limits: RunLimits): string {
  const every = limits.checkpointEveryMs;
  return [describeLimits(limits), every && `a checkpoint every ${describeDuration(every)}`].filter(Boolean).join(', ');
}
