import type { AgentMove } from '../agent.ts';

/** Asks a person whether a step is to be done after all. Failed or left out, after a no nothing that depends on it is done either. */
export function askAboutStep(stepId: string, question: string): AgentMove {
  return { type: 'ask', stepId, question: `${question} Reject goes on without this step and what needs it.` };
}
