import { expect, test } from 'vitest';
import type { ModelSetup } from '#lib/model-setup.ts';
import { testModelSetup } from '#tests/models/model-setup.ts';
import { describeAgent } from './agent-catalog.ts';
import { defaultModels } from './default-models.ts';
import { expectedModel } from './expected-model.ts';

const usual = 'openai/gpt-mine';
const local = { asksOpenaiServer: true };

test.each<[agent: string, setup: Partial<ModelSetup>, chosen: string | undefined, expected: string | null]>([
  ['rules', {}, 'openai/gpt-5', null],
  ['model', {}, undefined, `anthropic/${defaultModels.anthropic}`],
  ['model', { providers: ['google'] }, undefined, `google/${defaultModels.google}`],
  ['model', { providers: ['openai'], usual }, undefined, usual],
  ['model', { providers: ['openai'], usual }, 'google/gemini-x', 'google/gemini-x'],
  ['model', { providers: ['openai'], ...local }, undefined, 'openai/?'],
  ['model', { providers: ['openai'], ...local, usual }, undefined, usual],
  ['codex', { providers: ['openai'], usual }, undefined, usual],
  ['claude-code', { providers: ['anthropic', 'openai'], usual }, undefined, 'anthropic/claude-opus-5-5'],
  ['opencode', { providers: ['anthropic'], usual }, undefined, `anthropic/${defaultModels.anthropic}`],
  ['codex', {}, 'anthropic/claude-x', `openai/${defaultModels.openai}`],
  ['claude-code', {}, undefined, 'anthropic/claude-opus-5-5'],
])('%s with %o and the choice %s works with %s', (agent, setup, chosen, expected) => {
  const description = describeAgent(agent);
  if (!description) throw new Error(`There is no agent ${agent}.`);
  const model = expectedModel(description, { ...testModelSetup(), ...setup }, chosen);
  expect(model && `${model.provider}/${model.name ?? '?'}`).toBe(expected);
});
