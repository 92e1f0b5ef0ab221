import { existsSync } from 'node:fs';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { autonomousLimits, type RunLimits } from '#lib/core/limits/run-limits.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import type { ChoirHome } from '#lib/home.ts';
import type { ModelSetup } from '#lib/model-setup.ts';
import { type AgentDescription, agentCatalog, defaultAgent } from './agent-catalog.ts';
import { agentPrograms } from './agent-programs.ts';
import { programFolder } from './program-folder.ts';

/**
 * `terminal`: a program of its own in the sandbox. `whyNot`: one sentence that says what to do, empty when the agent is ready. `installs`: one that says
 * what its first goal brings to this machine, empty when nothing is missing.
 */
export type AgentListing = Omit<AgentDescription, 'modelUse'> & { terminal: boolean; ready: boolean; whyNot: string; installs: string };

const keys: Record<ProviderId, string> = { anthropic: 'ANTHROPIC_API_KEY', openai: 'OPENAI_API_KEY', google: 'GEMINI_API_KEY' };

/** Who works on a goal where nobody chose, and the bounds of a run on its own where nobody names others. */
export type GoalDefaults = { defaultAgent: string; autonomousLimits: RunLimits };

/** Every agent there is, and whether it can work here now. */
export function listAgents(context: Context): AgentListing[] {
  requirePerson(context.actor);
  return agentCatalog.map((agent) => listAgent(context, agent));
}

/** What holds for a goal where nobody says otherwise; money in US dollars. */
export function goalDefaults({ models }: { models: Pick<ModelSetup, 'runBudgetUsd'> }): GoalDefaults {
  return { defaultAgent, autonomousLimits: { ...autonomousLimits, budgetUsd: models.runBudgetUsd } };
}

/** An agent as faces show it. */
export function listAgent({ home, models }: Context, { modelUse: _, ...agent }: AgentDescription): AgentListing {
  return {
    ...agent,
    terminal: agent.id in agentPrograms,
    installs: installsOf(home, agent),
    ...readiness(agent, models.providers),
  };
}

function installsOf(home: ChoirHome, { id, name }: Pick<AgentDescription, 'id' | 'name'>): string {
  const program = agentPrograms[id];
  const folder = program && programFolder(home, id, program);
  return !folder || existsSync(folder) ? '' : `${name} is installed at its first goal: about ${program.megabytes} MB.`;
}

/** Whether an agent has what it needs: a model of one of its providers, if it needs any. */
export function readiness(
  { providers }: Pick<AgentDescription, 'providers'>,
  configured: readonly ProviderId[],
): Pick<AgentListing, 'ready' | 'whyNot'> {
  if (providers.length === 0 || providers.some((provider) => configured.includes(provider))) return { ready: true, whyNot: '' };
  return { ready: false, whyNot: missingKey(providers) };
}

/** What to do for a model of one of these providers. */
export function missingKey(providers: readonly ProviderId[]): string {
  return `Set ${providers.map((provider) => keys[provider]).join(' or ')} and start Choir again.`;
}
