import type { AgentMove } from '../agent.ts';

/** Asks a person whether to try on, and says what their no does: `saidNo` ends the run. */
export function askToTryOn(question: string, stepId?: string): AgentMove {
  return { type: 'ask', stepId, question: `${question} Reject ends the run.` };
}
