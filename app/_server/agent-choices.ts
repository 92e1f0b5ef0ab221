import { describeCapabilities } from '#lib/agents/describe-capabilities.ts';
import { listAgents } from '#lib/agents/list-agents.ts';
import type { Context } from '#lib/context.ts';
import type { AgentChoice } from '../_ui/composer/run-options.ts';

/** The agents as a picker shows them. */
export function agentChoices(context: Context): AgentChoice[] {
  return listAgents(context).map(({ id, name, about, capabilities, cannot, ready, whyNot, installs, terminal, providers }) => ({
    ...{ id, name, about, cannot, ready, whyNot, installs, terminal },
    can: describeCapabilities({ capabilities }),
    usesModel: providers.length > 0,
  }));
}
