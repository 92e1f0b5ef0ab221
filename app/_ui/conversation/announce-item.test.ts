import { expect, test } from 'vitest';
import { noCost } from '#lib/core/limits/run-cost.ts';
import type { Item } from '#lib/core/state.ts';
import { announceItem } from './announce-item.ts';

test.each([
  ['completed', 'whole', 'The run has ended: Done. All in src.'],
  ['completed', 'part', 'The run has ended: Done in part. All in src.'],
  ['completed', 'nothing', 'The run has ended: Nothing was done. All in src.'],
  ['failed', 'whole', 'The run has ended: Failed. All in src.'],
] as const)('a screen reader hears of a run that is %s how much it did: %s', (status, extent, words) => {
  const at = { key: 'ev_1', seq: 1, at: '2026-01-01T00:00:00.000Z', actor: 'choir' as const };
  const end: Item = { ...at, kind: 'run-ended', status, extent, text: 'Said. All in `src`.', saidLength: 6, workedMs: 0, cost: noCost };
  expect(announceItem(end)).toBe(words);
});
