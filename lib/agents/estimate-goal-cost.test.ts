import { describe, expect, test } from 'vitest';
import { type EstimateInput, estimateGoalCost } from './estimate-goal-cost.ts';

const sonnet: EstimateInput = {
  model: { provider: 'anthropic', name: 'claude-sonnet' },
  modelUse: { promptTokens: 10_000 },
  hasModels: true,
  past: undefined,
  rates: { cacheRead: 0.3e-6, cacheWrite: 3.75e-6, output: 15e-6 },
  isOwnServer: false,
};
const past = { goals: 3, usualUsd: 0.2, highUsd: 0.9 };
const model = 'anthropic/claude-sonnet';

describe('what a goal will cost', () => {
  test.each<[string, Partial<EstimateInput>, object]>([
    ['nothing without a model', { modelUse: null, model: null }, { basis: 'free', otherwise: null }],
    ['nothing but what another agent does', { modelUse: { through: 'model' }, model: null }, { basis: 'free', otherwise: 'model' }],
    [
      'nothing where there is no other',
      { modelUse: { through: 'model' }, model: null, hasModels: false },
      { basis: 'free', otherwise: null },
    ],
    ['what past goals cost', { past }, { basis: 'past-goals', model, ...past }],
    ['the same without a price', { past, rates: null }, { basis: 'past-goals', model, ...past }],
    ['list prices while there are few goals', { past: { ...past, goals: 2 } }, { basis: 'list-prices', usualUsd: 0.43, highUsd: 1.8 }],
    ['not known without a price', { rates: null }, { basis: 'unknown', model }],
    ['not known on a server of one’s own without a price', { rates: null, isOwnServer: true }, { basis: 'own-server', model }],
    ['its price on a server of one’s own that has one', { isOwnServer: true }, { basis: 'list-prices', usualUsd: 0.43 }],
    ['not known while its server chooses', { model: { provider: 'openai', name: null } }, { basis: 'unknown', model: null }],
  ])('is %s', (_, known, expected) => {
    expect(estimateGoalCost({ ...sonnet, ...known })).toMatchObject(expected);
  });

  test('grows with what the agent tells its model at every step', () => {
    const [short, long] = [2_000, 20_000].map((promptTokens) => estimateGoalCost({ ...sonnet, modelUse: { promptTokens } }));
    const rest = { cacheWrite: 18_000 * 3.75e-6, cacheRead: 24 * 18_000 * 0.3e-6 };
    expect(long).toMatchObject({
      usualUsd: expect.closeTo((short as { usualUsd: number }).usualUsd + rest.cacheWrite + rest.cacheRead, 1),
    });
  });
});
