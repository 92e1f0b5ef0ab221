import { expect, test } from 'vitest';
import type { GoalCost } from '../goal-cost.ts';
import { describeGoalCost, sayGoalCost } from './describe-goal-cost.ts';

const model = 'openai/gpt-x';

test.each<[GoalCost, string]>([
  [{ basis: 'free', otherwise: null }, 'free'],
  [{ basis: 'free', otherwise: 'model' }, 'free; what no rule covers costs what Model costs'],
  [{ basis: 'own-server', model: null }, 'price unknown; its model runs on a server of your own, and no price of it is named'],
  [
    { basis: 'past-goals', model, usualUsd: 0.123, highUsd: 2, goals: 14 },
    'about $0.12, up to $2.00; from the last 14 goals here with openai/gpt-x',
  ],
  [{ basis: 'past-goals', model, usualUsd: 0.1, highUsd: 0.101, goals: 3 }, 'about $0.10; from the last 3 goals here with openai/gpt-x'],
  [
    { basis: 'list-prices', model, usualUsd: 0.005, highUsd: 0.03, usualSteps: 25, highSteps: 75 },
    'about $0.005, up to $0.03; by the list prices of openai/gpt-x, for 25 to 75 steps',
  ],
  [{ basis: 'unknown', model }, 'price unknown; there is no price of openai/gpt-x'],
  [
    { basis: 'list-prices', model, usualUsd: 0, highUsd: 0, usualSteps: 25, highSteps: 75 },
    'free; by the list prices of openai/gpt-x, for 25 to 75 steps',
  ],
])('%o is said as: %s', (cost, words) => {
  expect(describeGoalCost(cost)).toBe(words);
});

test('what rules do not cover is said with its own sum', () => {
  const other: GoalCost = { basis: 'past-goals', model, usualUsd: 0.123, highUsd: 2, goals: 14 };
  expect(describeGoalCost({ basis: 'free', otherwise: 'model' }, other)).toBe(
    'free; what no rule covers costs what Model costs, about $0.12, up to $2.00',
  );
});

test('a budget with less left is named', () => {
  const budget = { scope: 'workspace', period: 'month', leftUsd: 0.3 } as const;
  expect(sayGoalCost({ words: 'about $0.50', budget })).toBe(
    'Cost of a goal: about $0.50. The budget of this workspace for this month has $0.30 left, less than this may cost.',
  );
});
