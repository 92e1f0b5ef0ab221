import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createKeepSoon } from './keep-soon.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page that changes, and is looked at or not; and what was kept of it, when. */
function page() {
  const look = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', look);
  const keepSoon = createKeepSoon();
  const startedAt = Date.now();
  const kept: string[] = [];
  let callOff = () => {};
  return {
    kept,
    change(words: string) {
      callOff();
      callOff = keepSoon(() => void kept.push(`${words} ${Date.now() - startedAt}`));
    },
    leave: () => callOff(),
    show(isShown: boolean) {
      look.hidden = !isShown;
      look.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

test('what changed is kept four seconds after the last change, once', async () => {
  const { change, kept } = page();
  change('one');
  await vi.advanceTimersByTimeAsync(3_000);
  change('two');
  await vi.advanceTimersByTimeAsync(3_999);
  expect(kept).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kept).toEqual(['two 7000']);
});

test('what changes all the time is kept twenty seconds after the first change that was not', async () => {
  const { change, kept } = page();
  for (let second = 0; second < 45; second += 3) {
    change(`${second}`);
    await vi.advanceTimersByTimeAsync(3_000);
  }
  expect(kept).toEqual(['18 20000', '39 41000']);
});

test('a page that is out of sight keeps nothing, and does so once when it is back', async () => {
  const { change, show, kept } = page();
  show(false);
  change('one');
  await vi.advanceTimersByTimeAsync(30_000);
  change('two');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(kept).toEqual([]);
  show(true);
  show(false);
  show(true);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(kept).toEqual(['two 60000']);
});

test('a page that comes into sight before its time waits for it', async () => {
  const { change, show, kept } = page();
  show(false);
  change('one');
  await vi.advanceTimersByTimeAsync(1_000);
  show(true);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(kept).toEqual(['one 4000']);
});

test('a page that is gone keeps nothing, in sight or not', async () => {
  const { change, leave, show, kept } = page();
  change('one');
  leave();
  await vi.advanceTimersByTimeAsync(30_000);
  show(false);
  change('two');
  await vi.advanceTimersByTimeAsync(30_000);
  leave();
  show(true);
  expect(kept).toEqual([]);
});
