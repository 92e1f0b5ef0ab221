import type { ProviderId } from '#lib/core/model-call.ts';
import type { ModelSetup } from '#lib/model-setup.ts';
import type { AgentDescription } from './agent-catalog.ts';
import { agentPrograms } from './agent-programs.ts';
import { defaultModels } from './default-models.ts';
import type { ExpectedModel } from './estimate-goal-cost.ts';

type Named = { provider: ProviderId; name: string };

/** The model that somebody named for an agent's work: the person (`provider/model`), else the installation; null where neither fits the agent. */
export function namedModel({ providers }: Pick<AgentDescription, 'providers'>, models: ModelSetup, chosen?: string): Named | null {
  const usual = models.providers.some((one) => models.usual?.startsWith(`${one}/`)) ? models.usual : undefined;
  for (const wanted of [chosen, usual]) {
    const provider = providers.find((one) => wanted?.startsWith(`${one}/`));
    if (wanted && provider) return { provider, name: wanted.slice(provider.length + 1) };
  }
  return null;
}

/** The model that an agent will work with: the named one, else the agent's usual one of its first provider that is set up. null: it needs none. */
export function expectedModel(agent: AgentDescription, models: ModelSetup, chosen?: string): ExpectedModel | null {
  const named = namedModel(agent, models, chosen);
  if (named) return named;
  const { id, providers, modelUse } = agent;
  const provider = providers.find((one) => models.providers.includes(one)) ?? providers[0];
  if (!provider) return null;
  const isAsked = !(id in agentPrograms) && provider === 'openai' && models.asksOpenaiServer;
  const usual = modelUse && 'usual' in modelUse ? modelUse.usual : undefined;
  return { provider, name: isAsked ? null : (usual?.[provider] ?? defaultModels[provider]) };
}
