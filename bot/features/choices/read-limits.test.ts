import { expect, test } from 'vitest';
import { readLimits } from './read-limits.ts';

test.each([
  ['$2, 50 steps, 30 min, checkpoint every 5 min', { budgetUsd: 2, maxIterations: 50, timeMs: 1_800_000, checkpointEveryMs: 300_000 }],
  ['2.50$ 1h', { budgetUsd: 2.5, timeMs: 3_600_000 }],
  ['5 dollars and 1 step and every 90s', { budgetUsd: 5, maxIterations: 1, checkpointEveryMs: 90_000 }],
  ['Checkpoint 2 hours', { checkpointEveryMs: 7_200_000 }],
  ['1h 30min, checkpoint every 1 min 30 s', { timeMs: 5_400_000, checkpointEveryMs: 90_000 }],
  ['1h30m 7 steps', { timeMs: 5_400_000, maxIterations: 7 }],
  ['None', null],
])('%s', (words, limits) => expect(readLimits(words)).toEqual(limits));

test.each(['5', 'cheap', '$2 and quick', '50 steps please', '30 mini', '$2 | $3'])(
  'rejects "%s" and says what it does not understand',
  (words) => {
    expect(() => readLimits(words)).toThrow('I do not understand');
  },
);

test.each(['$2, $3', '30 min and 1 h', '5 steps 6 steps'])('rejects "%s" and wants each limit once', (words) => {
  expect(() => readLimits(words)).toThrow('Say each limit once');
});

test.each(['$0', '$20000', '0 steps', '200 h', 'checkpoint every 1 s'])('rejects "%s" and says what fits', (words) => {
  expect(() => readLimits(words)).toThrow('A limit is more than nothing');
});
