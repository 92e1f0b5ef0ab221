import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { answerApprovalOperation } from '../../_contract/approvals.ts';
import { handle } from '../../_server/handle.ts';

export const POST = handle(answerApprovalOperation, answerApproval);
