import { expect, test } from 'vitest';
import { readRunChoice, readUsd } from './run-options.ts';

test('options become what the API takes, and what is not said is left out', () => {
  expect(
    readRunChoice({ agent: 'model', budget: '2.50', 'max-steps': '40', time: '90s', 'checkpoint-every': '5m', judge: 'turn' }),
  ).toEqual({
    agent: 'model',
    limits: { budgetUsd: 2.5, maxIterations: 40, timeMs: 90_000, checkpointEveryMs: 300_000 },
    judgement: 'turn',
  });
  expect(JSON.stringify(readRunChoice({}))).toBe('{}');
});

test('rejects what is no amount, number, time or judgement, and says what it must be', () => {
  expect(() => readRunChoice({ budget: 'lots' })).toThrow('--budget is an amount in US dollars');
  expect(() => readRunChoice({ budget: '0' })).toThrow('--budget');
  expect(() => readRunChoice({ 'max-steps': '1.5' })).toThrow('--max-steps is a number of steps');
  expect(() => readRunChoice({ time: '10' })).toThrow('--time is a time such as 90s');
  expect(() => readRunChoice({ 'checkpoint-every': '0m' })).toThrow('--checkpoint-every');
  expect(() => readRunChoice({ judge: 'never' })).toThrow('--judge is one of action, turn.');
  expect(readUsd('$3', '--budget')).toBe(3);
});
