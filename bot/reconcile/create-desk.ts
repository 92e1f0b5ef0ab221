import { setTimeout as sleep } from 'node:timers/promises';
import { isHeldForDevices } from '#lib/notifications/held-for-devices.ts';
import {
  activePlaces,
  findPlace,
  listPlaces,
  markSeen,
  type Place,
  placeThread,
  stalePlaces,
  unplacedQuestions,
} from '#lib/telegram/places.ts';
import { listStanding } from '#lib/telegram/standing-messages.ts';
import type { BotServices } from '../bot-services.ts';
import { renderThread } from '../render/render-thread.ts';
import { TryAgain } from '../send/call-telegram.ts';
import { buttonTerm } from '../send/inline-keyboard.ts';
import { createTypist } from './create-typist.ts';
import { performOperation } from './perform-operation.ts';
import { messagesOf, planOperations } from './plan-operations.ts';
import { readChoosing } from './read-choosing.ts';
import { readNames } from './read-names.ts';
import { readRunChanges } from './read-run-changes.ts';

export type Desk = ReturnType<typeof createDesk>;

const tickSeconds = 10;
const sweepSeconds = 5;

/**
 * Keeps every chat as the ledger says it should be. It is told which threads changed, and looks itself as well: a lost message, a restart or a week away
 * makes no difference, as each look compares the present with what stands in the chat.
 */
export function createDesk(services: BotServices) {
  const { telegram, ledger } = services;
  const { signal, budget } = telegram;
  const working = new Map<string, { again: boolean; done: Promise<void> }>();
  const typist = createTypist(services, (place) => touch(place));

  function touch(place: Place): void {
    const key = `${place.chatId} ${place.threadId}`;
    const current = working.get(key);
    if (current) {
      current.again = true;
      return;
    }
    const entry = { again: true, done: Promise.resolve() };
    entry.done = bringUpToDate(place, entry)
      .catch((error: unknown) => !signal.aborted && services.log(`Chat ${place.chatId} is not up to date with ${place.threadId}`, error))
      .then(() => void working.delete(key));
    working.set(key, entry);
  }

  async function bringUpToDate(given: Place, entry: { again: boolean }): Promise<void> {
    for (let attempt = 0; entry.again && !signal.aborted; ) {
      entry.again = false;
      try {
        await operateUntilDone(given, attempt);
        attempt = 0;
      } catch (error) {
        if (!(error instanceof TryAgain)) throw error;
        attempt += 1;
        entry.again = true;
      }
    }
  }

  /** One call after the other. What is to be done is thought of again once there is a slot for it, so that a late edit shows the newest state. */
  async function operateUntilDone(given: Place, attempt: number): Promise<void> {
    for (;;) {
      const planned = await plan(given);
      const urgent = planned?.operations[0];
      if (!planned || !urgent) {
        if (planned) await markSeen(services, given, planned.state.seq);
        return;
      }
      const paid = messagesOf(urgent);
      await budget.slot(given.chatId, urgent.priority, signal, paid);
      const fresh = await plan(given);
      const operation = fresh?.operations[0];
      budget.settle(given.chatId, { paid, sent: operation ? messagesOf(operation) : 0 });
      if (!fresh || !operation) continue;
      await performOperation(services, { ...fresh, attempt }, operation);
    }
  }

  async function plan(given: Place) {
    const place = await findPlace(services, given);
    if (!place) {
      typist.leave(given);
      return null;
    }
    const state = await ledger.load(place.threadId);
    const [standing, nameOf, choosing, runChanges] = await Promise.all([
      listStanding(services, place),
      readNames(services, state, place.chatId),
      readChoosing(services, state, place.chatId),
      readRunChanges(services, state),
    ]);
    const typed = typist.follow(place, state);
    const now = Date.now();
    const specs = renderThread(state, { now, typed, nameOf, choosing, runChanges });
    return { place, state, standing, operations: planOperations(specs, standing, `${services.epoch} ${buttonTerm(now)}`) };
  }

  async function touchThread(threadId: string): Promise<void> {
    for (const place of await listPlaces(services, threadId)) touch(place);
  }

  /** A question of a thread that shows nowhere comes to the private chat of whoever gave the goal, unless their devices have it first. */
  async function bringQuestions(): Promise<void> {
    for (const question of await unplacedQuestions(services)) {
      if (await isHeldForDevices(services.database, question)) continue;
      const { threadId, telegramId } = question;
      touch(await placeThread(services, { chatId: telegramId, topicId: 0, threadId, telegramId }));
    }
  }

  async function sweep(): Promise<void> {
    await bringQuestions();
    for (const place of await stalePlaces(services)) touch(place);
  }

  async function every(seconds: number, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await work().catch((error: unknown) => services.log('A look at the ledger failed', error));
      await sleep(seconds * budget.secondMs, undefined, { signal }).catch(() => {});
    }
  }

  async function followEvents(): Promise<void> {
    const events = services.bus.follow('*', '*');
    signal.addEventListener('abort', () => events.close(), { once: true });
    for await (const event of events) {
      if (event.type === 'message.posted' || event.type === 'model.answered') typist.forget(event.threadId);
      const work =
        event.type === 'approval.requested' ? bringQuestions().then(() => touchThread(event.threadId)) : touchThread(event.threadId);
      await work.catch((error: unknown) => services.log('An event was not followed', error));
    }
  }

  const loops = [
    followEvents(),
    every(sweepSeconds, sweep),
    every(tickSeconds, async () => {
      for (const place of await activePlaces(services)) touch(place);
    }),
  ];

  return {
    touch,
    touchThread,
    /** Resolves when nothing is being sent. */
    async idle(): Promise<void> {
      while (working.size > 0) await Promise.all([...working.values()].map(({ done }) => done));
    },
    async close(): Promise<void> {
      typist.close();
      await Promise.allSettled([...loops, ...[...working.values()].map(({ done }) => done)]);
    },
  };
}
