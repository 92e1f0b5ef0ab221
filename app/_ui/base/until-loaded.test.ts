import { afterEach, expect, test, vi } from 'vitest';
import { untilLoaded } from './until-loaded.ts';

afterEach(() => void vi.unstubAllGlobals());

test('gives what is loaded at once, without a pause', async () => {
  const pauses: string[] = [];
  expect(
    await untilLoaded(
      async () => 'module',
      async () => void pauses.push('pause'),
    ),
  ).toBe('module');
  expect(pauses).toEqual([]);
});

test('tries again after each failure, soon at first, until it is there', async () => {
  const steps: string[] = [];
  const load = async () => {
    steps.push('load');
    if (steps.length < 5) throw new Error('ChunkLoadError');
    return 'module';
  };
  expect(await untilLoaded(load, async (ms) => void steps.push(`${ms}`))).toBe('module');
  expect(steps).toEqual(['load', '1000', 'load', '2000', 'load']);
});

test('looks for a newer version when something is not there any more', async () => {
  const { promise: looked, resolve: update } = Promise.withResolvers<void>();
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => ({ update }) } });
  let tries = 0;
  await untilLoaded(
    async () => {
      tries += 1;
      if (tries === 1) throw new Error('ChunkLoadError');
      return 'module';
    },
    async () => {},
  );
  await looked;
});
