import { expect } from 'vitest';
import type { AgentDescription } from '#lib/agents/agent-catalog.ts';
import { expectedModel } from '#lib/agents/expected-model.ts';
import type { Context } from '#lib/context.ts';
import { wholeLength } from '#tests/models/code-mode.ts';
import { modelCallsOf } from '#tests/models/model-calls.ts';
import type { TestModels } from '#tests/models/model-services.ts';
import { testModelSetup } from '#tests/models/model-setup.ts';

type Told = { threadId: string; models: TestModels | null; chosen?: string };

/** What an agent told its model in a short run, the last before this, and which it chose, is what estimates of its cost take for granted. */
export async function expectPrompt({ database }: Context, agent: AgentDescription, { threadId, models, chosen }: Told): Promise<void> {
  const calls = await modelCallsOf(database, threadId);
  expect(calls.map(({ model }) => model)).toContain(expectedModel(agent, testModelSetup(agent.providers), chosen)?.name);
  const requests = models?.mock.getRequests().slice(-calls.length) ?? [];
  const longest = Math.max(...requests.map(({ headers }) => Number(headers[wholeLength] ?? headers['content-length'] ?? 0))) / 4;
  const promptTokens = agent.modelUse && 'promptTokens' in agent.modelUse ? agent.modelUse.promptTokens : 0;
  expect(longest / promptTokens, `${longest} tokens`).toBeGreaterThan(0.8);
  expect(longest / promptTokens, `${longest} tokens`).toBeLessThan(1.25);
}
