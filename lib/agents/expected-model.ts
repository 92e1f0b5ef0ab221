import type { ModelSetup } from '#lib/model-setup.ts';
import type { AgentDescription } from './agent-catalog.ts';
import { agentPrograms } from './agent-programs.ts';
import { defaultModels } from './default-models.ts';
import type { ExpectedModel } from './estimate-goal-cost.ts';

/**
 * The model that an agent will work with: the person's choice (`provider/model`) where it fits, the installation's for Choir's own agents, else the
 * agent's usual one of its first provider that is set up. null: it needs none.
 */
export function expectedModel({ id, providers, modelUse }: AgentDescription, models: ModelSetup, chosen?: string): ExpectedModel | null {
  const isProgram = id in agentPrograms;
  const usual = modelUse && 'usual' in modelUse ? modelUse.usual : undefined;
  for (const wanted of [chosen, isProgram ? undefined : models.usual]) {
    const provider = providers.find((one) => wanted?.startsWith(`${one}/`));
    if (wanted && provider) return { provider, name: wanted.slice(provider.length + 1) };
  }
  const provider = providers.find((one) => models.providers.includes(one)) ?? providers[0];
  if (!provider) return null;
  const isAsked = !isProgram && provider === 'openai' && models.asksOpenaiServer;
  return { provider, name: isAsked ? null : (usual?.[provider] ?? defaultModels[provider]) };
}
