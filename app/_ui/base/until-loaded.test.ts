import { expect, test } from 'vitest';
import { untilLoaded } from './until-loaded.ts';

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

test('tries again after each failure until it is there', async () => {
  const steps: string[] = [];
  const load = async () => {
    steps.push('load');
    if (steps.length < 5) throw new Error('ChunkLoadError');
    return 'module';
  };
  expect(await untilLoaded(load, async () => void steps.push('pause'))).toBe('module');
  expect(steps).toEqual(['load', 'pause', 'load', 'pause', 'load']);
});
