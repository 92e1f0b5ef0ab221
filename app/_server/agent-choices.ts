import { listAgents } from '#lib/agents/list-agents.ts';
import type { Context } from '#lib/context.ts';
import type { AgentChoice } from '../_ui/composer/run-options.ts';

/** The agents as a picker shows them. */
export function agentChoices(context: Context): AgentChoice[] {
  return listAgents(context).agents.map(({ id, name, about, cannot, cost, ready, whyNot, terminal, providers }) => ({
    ...{ id, name, about, cannot, ready, whyNot, terminal },
    estimate: cost.estimate,
    usesModel: providers.length > 0,
  }));
}
