import type { ProviderId } from '#lib/core/model-call.ts';
import { claudeCode } from './catalog/claude-code.ts';
import { codex } from './catalog/codex.ts';
import { gemini } from './catalog/gemini.ts';
import { model } from './catalog/model.ts';
import { opencode } from './catalog/opencode.ts';
import { rules } from './catalog/rules.ts';
import { terminal } from './catalog/terminal.ts';

/** What a person is told about an agent before choosing it. */
export type AgentDescription = {
  id: string;
  name: string;
  /** One sentence for the picker. */
  about: string;
  capabilities: string[];
  /** What it cannot do here, a sentence each. */
  cannot: string[];
  /** Model providers that it can work with; it needs one of them. Empty: it needs no model. */
  providers: ProviderId[];
  needs: string[];
  modelUse: ModelUse;
};

/**
 * How it comes to need a model: by itself, or through another agent for what it does not cover. `promptTokens`: what it tells the model beside the goal, at
 * four characters each, as the contract suite measures it. `usual`: its own choice, where that is not the provider's usual one.
 */
export type ModelUse = { promptTokens: number; usual?: Partial<Record<ProviderId, string>> } | { through: string } | null;

export const defaultAgent = 'rules';

/** Every agent, in the order of the picker. How a terminal agent is run is told by its entry too: see `agent-programs.ts`. */
export const agentCatalog: readonly AgentDescription[] = [rules, model, claudeCode, codex, opencode, gemini, terminal];

/** The entry of an agent; undefined for an id that is none. */
export function describeAgent(id: string): AgentDescription | undefined {
  return agentCatalog.find((agent) => agent.id === id);
}
