import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import { forgetButtons } from '#lib/telegram/buttons.ts';
import { finishUpdates, forgetUpdates, type InboxEntry, takeIn, takeUp } from '#lib/telegram/inbox.ts';
import type { BotServices } from '../bot-services.ts';
import type { HandleUpdate } from '../handle-update.ts';
import { createTurns } from './create-turns.ts';

export type Inbox = ReturnType<typeof createInbox>;
type Entries = [InboxEntry, ...InboxEntry[]];

const pageSize = 200;
const mostInHand = 400;
const mostAtOnce = 6;
const albumSeconds = 0.7;
const triesPerUpdate = 3;
const tidySeconds = 3_600;

/**
 * Works off what Telegram sent, in order in each chat and side by side over chats; taps have a lane of their own, so that none waits behind a file or a
 * revert, and turns of their own, so that none waits for a chat that Telegram holds back. An update is in the database before it is acknowledged and marked when it is done: it takes effect once, whenever the bot dies.
 */
export function createInbox(services: BotServices, handle: HandleUpdate) {
  const { telegram, database } = services;
  const { signal, budget } = telegram;
  const lanes = new Map<string, Promise<void>>();
  const albums = new Map<string, { entries: Entries; timer: NodeJS.Timeout }>();
  const turns = { tap: createTurns(mostAtOnce), other: createTurns(mostAtOnce) };
  let inHand = 0;
  let readUpTo = 0;
  let reading: Promise<void> | null = null;
  let readAgain = false;
  let finished: number[] = [];
  let marking: Promise<void> | null = null;

  function wake(): void {
    readAgain = true;
    reading ??= read()
      .catch((error: unknown) => services.log('The inbox could not be read', error))
      .then(() => {
        reading = null;
        if (readAgain && inHand < mostInHand && !signal.aborted) wake();
      });
  }

  async function read(): Promise<void> {
    while (readAgain && inHand < mostInHand && !signal.aborted) {
      readAgain = false;
      const entries = await takeUp(database, readUpTo, pageSize);
      readUpTo = Math.max(readUpTo, entries.at(-1)?.updateId ?? 0);
      if (entries.length === pageSize) readAgain = true;
      for (const entry of entries) sort(entry);
    }
  }

  /** The messages of an album come one by one and belong together. */
  function sort(entry: InboxEntry): void {
    inHand += 1;
    const groupId = (entry.payload as Update).message?.media_group_id;
    if (!groupId) {
      enqueue([entry]);
      return;
    }
    const key = `${laneOf(entry)} ${groupId}`;
    const album = albums.get(key);
    clearTimeout(album?.timer);
    const entries: Entries = album ? [...album.entries, entry] : [entry];
    const timer = setTimeout(() => {
      albums.delete(key);
      enqueue(entries);
    }, albumSeconds * budget.secondMs);
    albums.set(key, { entries, timer });
  }

  function enqueue(entries: Entries): void {
    const lane = laneOf(entries[0]);
    const before = lanes.get(lane) ?? Promise.resolve();
    const done = before
      .then(() => turns[lane.startsWith('tap ') ? 'tap' : 'other'].take(() => work(entries)))
      .then(() => {
        inHand -= entries.length;
        if (lanes.get(lane) === done) lanes.delete(lane);
        if (readAgain) wake();
      });
    lanes.set(lane, done);
  }

  async function work(entries: Entries): Promise<void> {
    for (let attempt = 1; attempt <= triesPerUpdate && !signal.aborted; attempt += 1) {
      try {
        await handle(attempt === 1 ? entries : (entries.map((entry) => ({ ...entry, begun: true })) as Entries));
        break;
      } catch (error) {
        if (signal.aborted) return;
        services.log(`Update ${entries[0].updateId} is not done`, error);
        await sleep(attempt * budget.secondMs, undefined, { signal }).catch(() => {});
      }
    }
    finished.push(...entries.map(({ updateId }) => updateId));
    marking ??= markFinished();
  }

  /** One statement at a time for all that was done meanwhile. */
  async function markFinished(): Promise<void> {
    while (finished.length > 0) {
      const updateIds = finished;
      finished = [];
      await finishUpdates(database, updateIds).catch((error: unknown) => services.log('What is done could not be marked', error));
    }
    marking = null;
  }

  async function tidy(): Promise<void> {
    while (!signal.aborted) {
      await Promise.all([forgetUpdates(database), forgetButtons(services)]).catch((error: unknown) =>
        services.log('Old updates were not removed', error),
      );
      await sleep(tidySeconds * 1_000, undefined, { signal, ref: false }).catch(() => {});
    }
  }
  const tidying = tidy();

  return {
    wake,
    /** Keeps updates; resolves when they are safe, and Telegram may be told. */
    async accept(updates: Update[]): Promise<void> {
      if ((await takeIn(database, services.epoch, updates)) > 0) wake();
    },
    async close(): Promise<void> {
      for (const { timer } of albums.values()) clearTimeout(timer);
      for (const { letGo } of Object.values(turns)) letGo();
      await Promise.allSettled([tidying, reading, ...lanes.values()]);
      await marking;
    },
  };
}

function laneOf({ payload, updateId }: InboxEntry): string {
  const update = payload as Update;
  if (update.callback_query) return `tap ${update.callback_query.from.id}`;
  const message = update.message ?? update.edited_message;
  return message ? `chat ${message.chat.id}` : `update ${updateId}`;
}
