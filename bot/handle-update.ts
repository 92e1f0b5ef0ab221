import { randomUUID } from 'node:crypto';
import { type Api, Composer } from 'grammy';
import type { Message, Update } from 'grammy/types';
import { z } from 'zod';
import { DomainError } from '#lib/core/domain-error.ts';
import type { EventType } from '#lib/core/event.ts';
import { type Caused, findCaused } from '#lib/ledger/find-caused.ts';
import { findLinkedPerson } from '#lib/telegram/accounts.ts';
import type { InboxEntry } from '#lib/telegram/inbox.ts';
import { findPrompt } from '#lib/telegram/prompts.ts';
import type { BotServices } from './bot-services.ts';
import { cancelling } from './features/answers.ts';
import { choices } from './features/choices/choices.ts';
import { limits } from './features/choices/limits.ts';
import { models } from './features/choices/models.ts';
import { modes } from './features/choices/modes.ts';
import { diffs } from './features/diffs.ts';
import { edits } from './features/edits.ts';
import { files } from './features/files.ts';
import { createGate } from './features/gate.ts';
import { goals, settleAnswer, settleSaid } from './features/goals.ts';
import { help } from './features/help.ts';
import { inline } from './features/inline.ts';
import { createLinking } from './features/linking.ts';
import { moving } from './features/moving.ts';
import { rules } from './features/rules.ts';
import { showThread } from './features/show-thread.ts';
import { takingBack } from './features/take-back.ts';
import { taps } from './features/taps.ts';
import { threads } from './features/threads.ts';
import { Incoming } from './incoming.ts';
import type { Desk } from './reconcile/create-desk.ts';

export type HandleUpdate = (entries: [InboxEntry, ...InboxEntry[]]) => Promise<void>;

/** What one update does, from the gate to the feature that it is for; the entries of an album are one. Throws when the bot stops over it. */
export function createUpdateHandler({ services, desk, api }: { services: BotServices; desk: Desk; api: Api }): HandleUpdate {
  const composer = new Composer<Incoming>();
  composer.use(createLinking(), moving);
  composer.use(createGate());
  composer.use(threads, diffs, files, takingBack, cancelling, choices, models, modes, limits, rules, help, goals, edits, taps, inline);
  const run = composer.middleware();

  return async ([first, ...rest]) => {
    const updates = [first, ...rest].map(({ payload }) => payload as Update);
    const album = updates.flatMap(({ message }): Message[] => (message ? [message] : []));
    const incoming = new Incoming(updates[0] as Update, api, services.me, { services, desk, entry: first, album });
    try {
      if (first.begun && (await tookEffect(incoming))) return;
      await run(incoming, async () => {});
    } catch (error) {
      await sayWhatFailed(incoming, error);
    }
  };
}

/** What comes first of several effects, and is the same when it is done again: a stop before a revert, files before the words to them. */
const repeatable: ReadonlySet<EventType> = new Set(['run.cancelled', 'checkpoint.created']);

/** An update that a bot died over: what it caused stands in the ledger, and only what should stand in the chat is made up for. */
async function tookEffect(incoming: Incoming): Promise<boolean> {
  const caused = await findCaused(incoming.services.database, incoming.cause);
  const effect = caused.find(({ type }) => !repeatable.has(type));
  if (!effect) return false;
  incoming.person = await findLinkedPerson(incoming.services, incoming.senderId);
  if (incoming.person) await catchUp(incoming, effect.threadId, caused);
  await incoming.answerTap();
  return true;
}

async function catchUp(incoming: Incoming, threadId: string, caused: Caused[]): Promise<void> {
  const answered = caused.find(({ type }) => type === 'approval.answered');
  const prompt = answered && incoming.message && (await findPrompt(incoming.services, { ...incoming.here, telegramId: incoming.senderId }));
  if (prompt && !prompt.open && answered.runId) return settleAnswer(incoming, prompt, { threadId, runId: answered.runId });
  const said = caused.find(({ type }) => type === 'goal.given' || type === 'guidance.given');
  if (!said?.runId || !incoming.message || answered) await showThread(incoming, threadId);
  else await settleSaid(incoming, threadId, { runId: said.runId, as: said.type === 'goal.given' ? 'goal' : 'guidance' });
}

/** A refusal in its own words; of anything else only that it happened, under an id that the log has too. */
async function sayWhatFailed(incoming: Incoming, error: unknown): Promise<void> {
  const { services } = incoming;
  if (services.telegram.signal.aborted) throw error;
  let words = '';
  if (error instanceof DomainError) words = error.message;
  else if (error instanceof z.ZodError) words = error.issues[0]?.message ?? 'That does not fit.';
  else {
    const errorId = randomUUID();
    services.log(`Update ${incoming.update.update_id} failed, error ${errorId}`, error);
    words = `Something went wrong inside Choir. Its log says more under ${errorId}.`;
  }
  if (incoming.callbackQuery) await incoming.answerTap(words, { alert: true });
  else if (incoming.msg) await incoming.say(words).catch((failed: unknown) => services.log('An answer was not sent', failed));
}
