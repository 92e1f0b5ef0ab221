import { listApprovals } from '#lib/approvals/list-approvals.ts';
import { listApprovalsOperation } from '../_contract/approvals.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listApprovalsOperation, async (context) => ({ approvals: await listApprovals(context) }));
