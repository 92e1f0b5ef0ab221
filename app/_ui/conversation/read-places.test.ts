import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readPlaces } from './read-places.ts';

const at = '2026-11-22T06:00:00.000Z';
const goal = { type: 'goal.given', id: 'ev_1', seq: 2, at, data: { text: 'create a.txt' } };
const checkpointOf = (number: number) => ({ checkpointId: `cp_${number}`, seq: 10 * number, at, number, label: 'create a.txt' });

let asked: URL[];
let answer: (url: URL) => Promise<Response>;
beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (path: string, { signal }: RequestInit) => {
    const url = new URL(path, 'http://choir.test');
    asked.push(url);
    const gone = Promise.withResolvers<never>();
    signal?.addEventListener('abort', () => gone.reject(signal.reason));
    return Promise.race([answer(url), gone.promise]);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** As Choir answers, for a thread with so many checkpoints. */
async function answerOf(url: URL, count: number): Promise<Response> {
  if (url.pathname.endsWith('/events')) return new Response(`${JSON.stringify(goal)}\n`);
  const newest = Number(url.searchParams.get('before') ?? count + 1) - 1;
  const length = Math.min(newest, Number(url.searchParams.get('limit')));
  return Response.json({ checkpoints: Array.from({ length }, (_, index) => checkpointOf(newest - index)) });
}

test.each([0, 1, 200, 450])('gives the goal and all of %i checkpoints, the newest first', async (count) => {
  answer = (url) => answerOf(url, count);
  const places = await readPlaces('th_1', new AbortController().signal);
  const keys = Array.from({ length: count }, (_, index) => `cp_${count - index}`);
  expect(places.map(({ key }) => key)).toEqual([...keys, goal.id]);
});

test('asks again where nobody answers, and gives up at some time', async () => {
  vi.useFakeTimers();
  let isAway = true;
  answer = (url) => (isAway ? new Promise(() => {}) : answerOf(url, 1));
  const reading = readPlaces('th_1', new AbortController().signal);
  await vi.advanceTimersByTimeAsync(1);
  isAway = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await reading).map(({ key }) => key)).toEqual(['cp_1', goal.id]);
  isAway = true;
  const failed = expect(readPlaces('th_1', new AbortController().signal)).rejects.toMatchObject({ status: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  await failed;
});

test('asks no more once nobody looks', async () => {
  vi.useFakeTimers();
  answer = () => new Promise(() => {});
  const looking = new AbortController();
  const stopped = expect(readPlaces('th_1', looking.signal)).rejects.toMatchObject({ name: 'AbortError' });
  looking.abort();
  await stopped;
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(before);
});
