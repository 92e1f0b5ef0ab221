import type { ApprovalState } from '#lib/core/state.ts';

const questions: Record<ApprovalState['kind'], string> = {
  effect: 'Keep what this did?',
  outside: 'May this run?',
  plan: 'Work by this plan?',
  recovery: 'Go on with this?',
  unisolated: 'Run this without a sandbox?',
  action: 'May it do this?',
  turn: 'Keep what came of this turn?',
  budget: 'The limit is reached. Go on?',
  prompt: 'The terminal is waiting. What should it get?',
};

/** What an approval asks, in the one sentence that heads its card. */
export function questionOf({ kind, action }: Pick<ApprovalState, 'kind' | 'action'>): string {
  return kind === 'plan' && action.effect ? 'Keep what this dry run did?' : questions[kind];
}
