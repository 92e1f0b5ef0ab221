import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Asked } from '../../_live/asking.ts';
import { RequestError } from '../../_live/request.ts';
import { createWordSearch } from './word-search.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  const askings: (PromiseWithResolvers<string> & { words: string; signal: AbortSignal })[] = [];
  const shown: Asked<string>[] = [];
  const search = createWordSearch<string>(
    (words, signal) => {
      const asking = { ...Promise.withResolvers<string>(), words, signal };
      askings.push(asking);
      return asking.promise;
    },
    (asked) => shown.push(asked),
  );
  const settled = () => vi.advanceTimersByTimeAsync(1_000);
  return { search, askings, settled, shows: () => shown.at(-1) };
}

const looking = { answer: null, failure: null, isBusy: true };

test('asks once words rest, and for no single letter', async () => {
  const { search, askings, settled, shows } = opened();
  for (const typed of ['g', 'ga', 'gar', 'gar ']) search.look(typed);
  expect(shows()).toEqual(looking);
  await settled();
  expect(askings.map(({ words }) => words)).toEqual(['gar']);
  search.look('g');
  expect(shows()).toEqual({ answer: null, failure: null, isBusy: false });
  expect(askings[0]?.signal.aborted).toBe(true);
  await settled();
  expect(askings).toHaveLength(1);
});

test('keeps what was found in sight while newer words are looked for', async () => {
  const { search, askings, settled, shows } = opened();
  search.look('gar');
  await settled();
  askings[0]?.resolve('a garden');
  await settled();
  expect(shows()).toEqual({ answer: 'a garden', failure: null, isBusy: false });
  search.look('gard');
  expect(shows()).toEqual({ ...looking, answer: 'a garden' });
  await settled();
  expect(shows()).toEqual({ ...looking, answer: 'a garden' });
  askings[1]?.resolve('the garden');
  await settled();
  expect(shows()).toEqual({ answer: 'the garden', failure: null, isBusy: false });
});

test('says that it looks again for words that it could not ask for, and shows nothing of others meanwhile', async () => {
  const { search, askings, settled, shows } = opened();
  search.look('pond');
  await settled();
  askings[0]?.resolve('a pond');
  search.look('garden');
  await settled();
  askings[1]?.reject(new RequestError(0, 'away'));
  await settled();
  expect(shows()).toEqual({ answer: null, failure: 'away', isBusy: false });
  search.again();
  expect(shows()).toEqual(looking);
  expect(askings.map(({ words }) => words)).toEqual(['pond', 'garden', 'garden']);
});
