import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStandIn } from './stand-in-wire.ts';
import type { ThreadListener, Wire } from './wire.ts';

const network = { onLine: true };
beforeEach(() => {
  network.onLine = true;
  vi.useFakeTimers();
  vi.stubGlobal('navigator', network);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const minuteMs = 60_000;
const listener: ThreadListener = { onLink() {}, onDoubt() {}, onEvent() {}, onTyping() {}, lastSeq: () => 0 };

/** A wire that writes down what it is asked for. */
function wireNamed(name: string, said: string[]): Wire {
  const say = (word: string) => void said.push(`${name} ${word}`);
  return {
    followThread(threadId) {
      say(`follows ${threadId}`);
      return () => say(`stops ${threadId}`);
    },
    followAll() {
      say('follows all');
      return () => say('stops all');
    },
    check: () => say('checks'),
    close: () => say('closes'),
  };
}

/** Events that stand in for a socket, which opens unless a test says otherwise. */
function standingIn() {
  const said: string[] = [];
  const opens = vi.fn(async (): Promise<Wire | null> => wireNamed('socket', said));
  const wire = createStandIn(wireNamed('events', said), opens);
  const wakeAfter = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    wire.check();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { wire, opens, said, wakeAfter };
}

test('moves everyone who follows to the socket once it opens, and no two wires speak at once', async () => {
  const { wire, said, wakeAfter } = standingIn();
  const heard: (string | null)[] = [];
  const leave = wire.followThread('th_1', listener);
  wire.followAll((threadId) => heard.push(threadId));
  wire.followThread('th_gone', listener)();
  said.length = 0;
  await wakeAfter(minuteMs);
  expect(said.filter((word) => word.endsWith('th_1'))).toEqual(['events stops th_1', 'socket follows th_1']);
  expect(said.filter((word) => word.endsWith('all'))).toEqual(['events stops all', 'socket follows all']);
  expect(said.filter((word) => word.endsWith('th_gone'))).toEqual([]);
  expect(said.at(-1)).toBe('events closes');
  expect(heard).toEqual([null]);
  said.length = 0;
  await wakeAfter(2 * minuteMs);
  leave();
  wire.close();
  expect(said).toEqual(['socket checks', 'socket stops th_1', 'socket closes']);
});

test('tries when the page comes back, once a minute, until the socket opens', async () => {
  const { opens, wakeAfter } = standingIn();
  opens.mockRejectedValueOnce(new Error('no socket')).mockResolvedValueOnce(null);
  const tries: number[] = [];
  for (const ms of [0, minuteMs, 0, minuteMs - 1, 1, minuteMs, minuteMs]) {
    await wakeAfter(ms);
    tries.push(opens.mock.calls.length);
  }
  expect(tries).toEqual([0, 1, 1, 1, 2, 3, 3]);
});

test('does not try while there is no network, so that its return is not too soon', async () => {
  const { opens, wakeAfter } = standingIn();
  network.onLine = false;
  await wakeAfter(minuteMs);
  expect(opens).not.toHaveBeenCalled();
  network.onLine = true;
  await wakeAfter(0);
  expect(opens).toHaveBeenCalledTimes(1);
});

test('closes a socket that opens too late', async () => {
  const { wire, opens, said, wakeAfter } = standingIn();
  const { promise, resolve } = Promise.withResolvers<Wire>();
  opens.mockReturnValueOnce(promise);
  await wakeAfter(minuteMs);
  wire.close();
  resolve(wireNamed('late socket', said));
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual(['events checks', 'events closes', 'late socket closes']);
});

test('closes the second socket where a phone slept while it tried for the first', async () => {
  const { opens, said, wakeAfter } = standingIn();
  const { promise, resolve } = Promise.withResolvers<Wire>();
  opens.mockReturnValueOnce(promise);
  await wakeAfter(minuteMs);
  await wakeAfter(minuteMs);
  resolve(wireNamed('late socket', said));
  await vi.advanceTimersByTimeAsync(0);
  expect(said.slice(-2)).toEqual(['events closes', 'late socket closes']);
});
