import type { ApprovalDecision } from '../approval.ts';
import type { ToolResult } from '../tool.ts';

/** Ledgers hold these words, and a no is known by them: other words are added below these, which stay. */
const refusals = { reject: 'The person said no', modify: 'The person asked for something else' } as const;

/** What an agent hears of a person's no to its call. `note`: what the person wrote with a Reject. */
export function refusalWords(decision: Exclude<ApprovalDecision, 'approve'>, note = ''): string {
  return decision === 'reject' && note ? `${refusals.reject}: ${note}` : `${refusals[decision]}.`;
}

/** Why a call came to nothing, for a person; '' where a person's no says it, which faces tell by the answer itself, with whose it was. */
export function describeError({ status, error }: Pick<ToolResult, 'status' | 'error'>): string {
  const isAnswer = status === 'rejected' && Object.values(refusals).some((words) => error?.startsWith(words));
  return isAnswer ? '' : (error ?? '');
}
