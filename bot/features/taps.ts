import { Composer } from 'grammy';
import { DomainError } from '#lib/core/domain-error.ts';
import { findButton, freeButton, takeButton } from '#lib/telegram/buttons.ts';
import { findStanding } from '#lib/telegram/standing-messages.ts';
import type { Incoming } from '../incoming.ts';
import { ButtonAction, decides, type TapOn } from '../render/message-spec.ts';
import { answerCard, askHowLong, askWhatChanges, stopRun } from './answers.ts';
import { chooseAgent, chooseProject } from './choices/choices.ts';
import { chooseLimits } from './choices/limits.ts';
import { chooseModel } from './choices/models.ts';
import { chooseJudgement, chooseMode } from './choices/modes.ts';
import { sendDiff } from './diffs.ts';
import { sendFile, showFolder } from './files.ts';
import { keepChoice, openChoice, tickChoice } from './keep-part.ts';
import { endRule, setRule, showRules } from './rules.ts';
import { showHistory, showPreview, takeBack } from './take-back.ts';
import { openThread, showThreads } from './threads.ts';

type Handlers = { [Kind in ButtonAction['do']]: (incoming: Incoming, action: TapOn<Kind>) => Promise<void> };

const handlers: Handlers = {
  answer: answerCard,
  choose: openChoice,
  tick: tickChoice,
  keep: keepChoice,
  modify: askWhatChanges,
  remember: askHowLong,
  stop: stopRun,
  revert: takeBack,
  preview: showPreview,
  history: showHistory,
  diff: sendDiff,
  files: showFolder,
  file: sendFile,
  open: openThread,
  threads: showThreads,
  project: chooseProject,
  agent: chooseAgent,
  model: chooseModel,
  mode: chooseMode,
  judge: chooseJudgement,
  limits: chooseLimits,
  rules: showRules,
  rule: setRule,
  revoke: endRule,
  close: (incoming) => incoming.removeMenu(),
};

export const taps = new Composer<Incoming>();

taps.on('callback_query:data', async (incoming) => {
  let action: ButtonAction | null = null;
  let isDead = false;
  try {
    action = await readTap(incoming);
    await (handlers[action.do] as (incoming: Incoming, action: ButtonAction) => Promise<void>)(incoming, action);
  } catch (error) {
    await freeButton(incoming.services, { id: incoming.callbackQuery.data, updateId: incoming.entry.updateId });
    if (!(error instanceof DomainError)) throw error;
    isDead = error instanceof DeadButton;
    await incoming.answerTap(error.message, { alert: true });
  }
  // Until it is answered the button seems to wait.
  await incoming.answerTap();
  if (isDead || (action && onlyOnCards.has(action.do))) await removeCopy(incoming);
});

/** Nobody's tap on it will do anything any more. */
class DeadButton extends DomainError {}

const onlyOnCards: ReadonlySet<ButtonAction['do']> = new Set(['answer', 'choose', 'tick', 'keep', 'modify', 'stop']);

/** What the tapped button does. Throws for one that is forged, somebody else's, over, used up, or older than this start of the bot: nothing happens. */
async function readTap(incoming: Incoming): Promise<ButtonAction> {
  const { services, here, senderId, entry } = incoming;
  const button = await findButton(services, { id: incoming.callbackQuery?.data ?? '', chatId: here.chatId });
  if (!button) throw new DeadButton('not-found', 'I do not know this button. Nothing was changed.');
  if (button.telegramId !== null && button.telegramId !== senderId)
    throw new DomainError('forbidden', 'This button is for somebody else. Nothing was changed.');
  if (button.expiresAt.getTime() < Date.now()) throw new DeadButton('conflict', 'This button is too old. Nothing was changed.');
  const action = ButtonAction.parse(button.action);
  if (!decides(action)) return action;
  if (button.epoch !== entry.epoch)
    throw new DeadButton(
      'conflict',
      'I was started again since this button was made. Nothing was changed: look again and tap the new one.',
    );
  if (action.do !== 'modify' && !(await takeButton(services, { id: button.id, updateId: entry.updateId })))
    throw new DeadButton('conflict', 'This button was used already. Nothing was changed.');
  return action;
}

/**
 * A card that was sent just as the connection broke or the bot died stands twice, and a menu beside it has had its tap: the message that nobody remembers
 * goes, with what can be tapped on it.
 */
async function removeCopy(incoming: Incoming): Promise<void> {
  const { services, here } = incoming;
  const messageId = incoming.callbackQuery?.message?.message_id ?? 0;
  if (!(await findStanding(services, { chatId: here.chatId, messageId }))) await incoming.removeMenu();
}
