import { agentCatalog } from '#lib/agents/agent-catalog.ts';
import { agentPrograms } from '#lib/agents/agent-programs.ts';
import type { TerminalAgent } from './agent.ts';

/** Every agent of the catalog that is a program of its own. */
export const terminalAgents: readonly TerminalAgent[] = agentCatalog.flatMap((description) => {
  const program = agentPrograms[description.id];
  return program ? [{ description, program }] : [];
});
