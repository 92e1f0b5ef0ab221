import { expect, test } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import type { RunState } from '#lib/core/state.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { chooseRun, RunChoice, requireFit } from './choose-run.ts';

const none = { providers: [], runBudgetUsd: 3 } as const;
const anthropic = { providers: ['anthropic'], runBudgetUsd: 3 } as const;

function runOf(run: {
  agent: string;
  agentReason?: string;
  model?: string;
  mode?: 'assisted' | 'autonomous';
  limits?: object;
  judgement?: 'turn';
}): RunState {
  const queued = { goalId: 'go', goal: 'g', agentReason: '', mode: 'assisted', dryRun: true, ...run } as const;
  return foldAll(ledgerOf([{ type: 'run.queued', data: queued }])).run as RunState;
}

test('without a word the rules work, and the reason says what for', () => {
  expect(chooseRun({}, none)).toEqual({
    agent: 'rules',
    agentReason: 'the default: needs no model and no key',
    mode: 'assisted',
    dryRun: false,
    limits: {},
    judgement: 'action',
  });
  const agentReason = 'the default: rules for what they cover, a model for the rest';
  expect(chooseRun({}, anthropic).agentReason).toBe(agentReason);
  expect(chooseRun({}, anthropic, runOf({ agent: 'rules', agentReason }))).toMatchObject({ agent: 'rules', agentReason });
});

test('a named model chooses the agent that thinks with it', () => {
  expect(chooseRun({ model: 'anthropic/m' }, anthropic)).toMatchObject({
    agent: 'model',
    model: 'anthropic/m',
    agentReason: 'the person named a model',
  });
  expect(chooseRun({ model: 'anthropic/m' }, anthropic, runOf({ agent: 'rules' }))).toMatchObject({ agent: 'model' });
});

test('a run on its own has limits where none are named', () => {
  const usual = { maxIterations: 200, timeMs: 7_200_000, checkpointEveryMs: 600_000, budgetUsd: 3 };
  expect(chooseRun({ mode: 'autonomous' }, none).limits).toEqual(usual);
  expect(chooseRun({ mode: 'autonomous', limits: { budgetUsd: 9 } }, none).limits).toEqual({ ...usual, budgetUsd: 9 });
});

test('a next goal keeps what the last one had, unless it says otherwise', () => {
  const before = runOf({ agent: 'claude-code', model: 'anthropic/m', limits: { budgetUsd: 1 }, judgement: 'turn' });
  expect(chooseRun({}, anthropic, before)).toEqual({
    agent: 'claude-code',
    agentReason: 'same as before',
    model: 'anthropic/m',
    mode: 'assisted',
    dryRun: false,
    limits: { budgetUsd: 1 },
    judgement: 'turn',
  });
  const other = chooseRun({ agent: 'rules' }, anthropic, before);
  expect(other).toMatchObject({ agent: 'rules', agentReason: 'chosen by the person' });
  expect(other).not.toHaveProperty('model');
  expect(chooseRun({ mode: 'autonomous' }, anthropic, before).limits).toMatchObject({ budgetUsd: 3 });
  expect(chooseRun({ limits: { budgetUsd: null, timeMs: 1_000 } }, anthropic, before).limits).toEqual({ timeMs: 1_000 });
});

test('rejects what does not fit together, each with what to do', () => {
  const refusal = (choice: RunChoice, models: Parameters<typeof chooseRun>[1] = anthropic) => {
    try {
      chooseRun(choice, models);
    } catch (error) {
      return `${(error as { code: string }).code}: ${(error as Error).message}`;
    }
    return 'accepted';
  };
  expect(refusal({ agent: 'nobody' })).toMatch(/^invalid: There is no agent called "nobody"\. There are: rules, model, /);
  expect(refusal({ agent: 'Claude' })).toBe('invalid: There is no agent called "Claude". Did you mean claude-code?');
  expect(refusal({ agent: 'opncode' })).toMatch(/There are: rules/);
  expect(refusal({ agent: 'codex' })).toBe('conflict: Codex is not ready. Set OPENAI_API_KEY and start Choir again.');
  expect(refusal({ agent: 'rules', model: 'anthropic/m' })).toMatch(/^invalid: Rules works without a model/);
  expect(refusal({ agent: 'claude-code', model: 'openai/m' })).toMatch(/^invalid: Claude Code works with models of anthropic, not/);
  expect(refusal({ agent: 'model', model: 'openai/m' })).toBe(
    'conflict: No model of openai is set up here. Set OPENAI_API_KEY and start Choir again.',
  );
  expect(refusal({ model: 'anthropic/m' }, none)).toMatch(/^conflict: Model is not ready\. Set ANTHROPIC_API_KEY or /);
});

test('rejects limits that are none, and models that are not provider/model', () => {
  for (const limits of [{ budget: 5 }, { budgetUsd: 0 }, { maxIterations: 1.5 }, { timeMs: -1 }, { checkpointEveryMs: 10 }])
    expect(RunChoice.safeParse({ limits }).success, JSON.stringify(limits)).toBe(false);
  for (const model of ['gpt', 'mistral/large', 'openai/', 'openai/a b', 'openai/a\u0000'])
    expect(RunChoice.safeParse({ model }).success, model).toBe(false);
  expect(RunChoice.safeParse({ model: 'openai/local/llama:8b' }).success).toBe(true);
});

test('the best fit is chosen again by name, whoever worked before, and is none of what a run that works is told', () => {
  const before = runOf({ agent: 'claude-code', model: 'anthropic/m' });
  const chosen = chooseRun({ agent: null }, anthropic, before);
  expect(chosen).toMatchObject({ agent: 'rules', agentReason: 'the default: rules for what they cover, a model for the rest' });
  expect(chosen).not.toHaveProperty('model');
  expect(chooseRun({ agent: null, model: 'anthropic/m' }, anthropic, before)).toMatchObject({ agent: 'model' });
  expect(() => requireFit({ agent: null }, before)).toThrow('still works in this thread');
  requireFit({ agent: null }, runOf({ agent: chosen.agent, agentReason: chosen.agentReason }));
});
