import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import { forgetButtons } from '#lib/telegram/buttons.ts';
import { finishUpdates, forgetUpdates, type InboxEntry, takeIn, takeUp } from '#lib/telegram/inbox.ts';
import { forgetTicks } from '#lib/telegram/ticks.ts';
import type { BotServices } from '../bot-services.ts';
import type { HandleUpdate } from '../handle-update.ts';
import { createTurns } from './create-turns.ts';

export type Inbox = ReturnType<typeof createInbox>;
type Entries = [InboxEntry, ...InboxEntry[]];

const pageSize = 100;
/** Taps aside, which never wait for a slot to send. */
const mostInHand = 2_000;
/** Where a lane has so many, no more of it are read: a chat that Telegram holds back keeps no other waiting. */
const mostOfLane = 100;
const mostAtOnce = { tap: 6, other: 24 };
const turnSeconds = 3;
const albumSeconds = 0.7;
const tidySeconds = 3_600;

/**
 * Works off what Telegram sent, in order in each chat and side by side over chats; taps have lanes of their own, so that none waits behind a file or a
 * revert, and turns of their own, so that none waits for a chat that Telegram holds back. An update is in the database before it is acknowledged and
 * marked when it is done: it takes effect once, whenever the bot dies.
 */
export function createInbox(services: BotServices, handle: HandleUpdate) {
  const { telegram, database } = services;
  const { signal, budget } = telegram;
  const lanes = new Map<string, Promise<void>>();
  const albums = new Map<string, { entries: Entries; timer: NodeJS.Timeout; close(): void }>();
  const turnMs = turnSeconds * budget.secondMs;
  const turns = { tap: createTurns(mostAtOnce.tap, turnMs), other: createTurns(mostAtOnce.other, turnMs) };
  /** The lane of each update that is taken up and not yet marked as done. */
  const inHand = new Map<number, string>();
  let reading: Promise<void> | null = null;
  let readAgain = false;
  let leftBehind = false;
  let finished: number[] = [];
  let marking: Promise<void> | null = null;

  function wake(): void {
    readAgain = true;
    reading ??= read()
      .catch((error: unknown) => services.log('The inbox could not be read', error))
      .then(() => {
        reading = null;
        if (readAgain && !signal.aborted) wake();
      });
  }

  /** Reads on until nothing waits but what must. What is done later wakes it again. */
  async function read(): Promise<void> {
    while (readAgain && !signal.aborted) {
      readAgain = false;
      const { fullLanes, tapsOnly } = fullness();
      leftBehind = tapsOnly || fullLanes.length > 0;
      const entries = await takeUp(database, { limit: pageSize, inHand: [...inHand.keys()], fullLanes, tapsOnly });
      for (const entry of entries) sort(entry);
      if (entries.length === pageSize) readAgain = true;
    }
  }

  function fullness(): { fullLanes: string[]; tapsOnly: boolean } {
    const counts = Map.groupBy(inHand.values(), (lane) => lane);
    const others = [...inHand.values()].filter((lane) => !isTap(lane)).length;
    const fullLanes = [...counts].flatMap(([lane, entries]) => (entries.length >= mostOfLane ? [lane] : []));
    return { fullLanes, tapsOnly: others >= mostInHand };
  }

  /** The messages of an album come one by one and belong together. What comes behind the first waits for them all. */
  function sort(entry: InboxEntry): void {
    inHand.set(entry.updateId, entry.lane);
    const groupId = (entry.payload as Update).message?.media_group_id;
    if (!groupId) {
      enqueue([entry]);
      return;
    }
    const key = `${entry.lane} ${groupId}`;
    const album = albums.get(key);
    if (album) {
      album.entries.push(entry);
      album.timer.refresh();
      return;
    }
    const { promise: whole, resolve } = Promise.withResolvers<void>();
    const close = () => {
      albums.delete(key);
      resolve();
    };
    const entries: Entries = [entry];
    albums.set(key, { entries, timer: setTimeout(close, albumSeconds * budget.secondMs), close });
    enqueue(entries, whole);
  }

  function enqueue(entries: Entries, whole?: Promise<void>): void {
    const { lane } = entries[0];
    const before = lanes.get(lane) ?? Promise.resolve();
    const done = Promise.all([before, whole])
      .then(() => turns[isTap(lane) ? 'tap' : 'other'].take(() => work(entries)))
      .then(() => {
        if (lanes.get(lane) === done) lanes.delete(lane);
      });
    lanes.set(lane, done);
  }

  /** What the bot did not come to before it stops stays for the next one. */
  async function work(entries: Entries): Promise<void> {
    if (signal.aborted) return;
    try {
      await handle(entries);
    } catch (error) {
      if (signal.aborted) return;
      services.log(`Update ${entries[0].updateId} failed`, error);
    }
    finished.push(...entries.map(({ updateId }) => updateId));
    marking ??= markFinished();
  }

  /** One statement at a time for all that was done meanwhile; until it is marked it stays in hand, so that it is not taken up again. */
  async function markFinished(): Promise<void> {
    while (finished.length > 0) {
      const updateIds = finished;
      finished = [];
      try {
        await finishUpdates(database, updateIds);
        for (const updateId of updateIds) inHand.delete(updateId);
        if (leftBehind) wake();
      } catch (error) {
        services.log('What is done could not be marked', error);
        if (signal.aborted) break;
        finished.push(...updateIds);
        await sleep(budget.secondMs, undefined, { signal }).catch(() => {});
      }
    }
    marking = null;
  }

  async function tidy(): Promise<void> {
    while (!signal.aborted) {
      await Promise.all([forgetUpdates(database), forgetButtons(services), forgetTicks(services)]).catch((error: unknown) =>
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
      for (const { timer, close } of albums.values()) {
        clearTimeout(timer);
        close();
      }
      await Promise.allSettled([tidying, reading, ...lanes.values()]);
      await marking;
    },
  };
}

function isTap(lane: string): boolean {
  return lane.startsWith('tap ');
}
