import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Place, readPlaces } from './read-places.ts';

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

const read = (onPart: (places: Place[]) => void = () => {}, signal = new AbortController().signal) => readPlaces('th_1', signal, onPart);

/** As Choir answers, for a thread with so many checkpoints. */
async function answerOf(url: URL, count: number): Promise<Response> {
  if (url.pathname.endsWith('/events')) return new Response(`${JSON.stringify(goal)}\n`);
  const newest = Number(url.searchParams.get('before') ?? count + 1) - 1;
  const length = Math.min(newest, Number(url.searchParams.get('limit')));
  return Response.json({ checkpoints: Array.from({ length }, (_, index) => checkpointOf(newest - index)) });
}

test.each([0, 1, 200, 450])('gives the goal and all of %i checkpoints, the newest first', async (count) => {
  answer = (url) => answerOf(url, count);
  const places = await read();
  const keys = Array.from({ length: count }, (_, index) => `cp_${count - index}`);
  expect(places.map(({ key }) => key)).toEqual([...keys, goal.id]);
});

test('tells what is there after each page, and of no fewer once it asks anew', async () => {
  vi.useFakeTimers();
  const parts: number[] = [];
  let isAway = false;
  answer = (url) => {
    if (isAway) return new Promise(() => {});
    isAway = parts.length === 1 && url.searchParams.has('before');
    return answerOf(url, 450);
  };
  const reading = read((places) => {
    expect(places.at(-1)?.key).toBe(goal.id);
    parts.push(places.length);
  });
  await vi.advanceTimersByTimeAsync(1);
  expect(parts).toEqual([201, 401]);
  isAway = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await reading).toHaveLength(451);
  expect(parts).toEqual([201, 401, 401, 401, 451]);
});

test('asks again where nobody answers, and gives up at some time', async () => {
  vi.useFakeTimers();
  let isAway = true;
  answer = (url) => (isAway ? new Promise(() => {}) : answerOf(url, 1));
  const reading = read();
  await vi.advanceTimersByTimeAsync(1);
  isAway = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await reading).map(({ key }) => key)).toEqual(['cp_1', goal.id]);
  isAway = true;
  const failed = expect(read()).rejects.toMatchObject({ status: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  await failed;
});

test('asks no more once nobody looks', async () => {
  vi.useFakeTimers();
  answer = () => new Promise(() => {});
  const looking = new AbortController();
  const stopped = expect(read(() => {}, looking.signal)).rejects.toMatchObject({ name: 'AbortError' });
  looking.abort();
  await stopped;
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(before);
});
