import type { EventData } from '#lib/core/event.ts';

/** An open approval as `GET /api/approvals` lists it. */
export type OpenApproval = Pick<EventData<'approval.requested'>, 'approvalId' | 'kind' | 'reason' | 'action'> & {
  threadId: string;
  threadTitle: string;
};
