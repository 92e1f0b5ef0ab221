import type { ApprovalDecision } from '../approval.ts';
import type { ApprovalState } from '../state.ts';

const labels: Record<ApprovalDecision, string> = { approve: 'Approve', reject: 'Reject', modify: 'Modify' };

/** What gives an answer is called this on the page and in the chat; a terminal that waits gets what is typed, and no agent changes anything. */
export function answerLabel(decision: ApprovalDecision, kind: ApprovalState['kind']): string {
  return decision === 'modify' && kind === 'prompt' ? 'Type' : labels[decision];
}
