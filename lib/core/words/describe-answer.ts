import type { ApprovalDecision } from '../approval.ts';
import { keepsPart } from '../keep-part.ts';
import type { ApprovalState, GivenAnswer } from '../state.ts';
import { describeReached } from './describe-limit.ts';

const decisions: Record<ApprovalDecision, string> = { approve: 'Approved', reject: 'Rejected', modify: 'To be changed' };

/** What a person said to a question, in the words of every face; `kind`: of the question, null where it is not known. */
export function describeAnswer(answer: GivenAnswer, kind: ApprovalState['kind'] | null): string {
  if (kind === 'prompt' && answer.decision === 'modify') return 'Typed';
  return `${decisions[answer.decision]}${keepsPart({ answer }) ? ' in part' : ''}`;
}

/** What a closed question was about. Why some kinds are asked says what the answers would do, which is over. */
export function describeClosed({ kind, action, reason }: Pick<ApprovalState, 'kind' | 'action' | 'reason'>): string {
  if (action.budget?.limit === 'price') return 'going on with a model whose price is not known';
  if (action.budget) return `going on at its limit, ${describeReached(action.budget)}`;
  if (kind === 'turn') return 'what came of the turn';
  if (kind === 'prompt') return 'what the terminal waited for';
  if (kind !== 'plan') return reason;
  return action.effect ? 'what the dry run did' : 'the plan';
}
