import type { JournalEntry } from '@copilotkit/aimock';
import { expect } from 'vitest';
import type { AgentDescription } from '#lib/agents/agent-catalog.ts';
import { expectedModel } from '#lib/agents/expected-model.ts';
import { testModelSetup } from '#tests/models/model-setup.ts';

/** The first of these requests that can act goes to the model, and is about as long, as estimates of what the agent costs take for granted. */
export function expectPrompt(agent: AgentDescription, requests: readonly JournalEntry[], chosen?: string): void {
  const prompt = requests.find(({ body }) => body && 'tools' in body && Array.isArray(body.tools) && body.tools.length > 0);
  expect(prompt?.body).toMatchObject({ model: expectedModel(agent, testModelSetup(agent.providers), chosen)?.name });
  const tokens = Number(prompt?.headers['content-length']) / 4;
  const promptTokens = agent.modelUse && 'promptTokens' in agent.modelUse ? agent.modelUse.promptTokens : 0;
  expect(tokens / promptTokens, `${tokens} tokens`).toBeGreaterThan(0.8);
  expect(tokens / promptTokens, `${tokens} tokens`).toBeLessThan(1.25);
}
