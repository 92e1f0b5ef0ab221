import { z } from 'zod';
import { AnswerBody } from '#lib/approvals/answer-approval.ts';
import { approvalKinds, PinnedAction } from '#lib/core/approval.ts';
import { operation } from './operation.ts';

export const OpenApproval = z.object({
  approvalId: z.string(),
  threadId: z.string(),
  threadTitle: z.string(),
  runId: z.string(),
  kind: z.enum(approvalKinds),
  reason: z.string(),
  action: PinnedAction,
  requestedAt: z.iso.datetime(),
});

export const listApprovalsOperation = operation({
  method: 'GET',
  path: '/api/approvals',
  summary: 'Approvals that wait for an answer',
  status: 200,
  reply: z.object({ approvals: z.array(OpenApproval) }),
});

export const answerApprovalOperation = operation({
  method: 'POST',
  path: '/api/approvals/{approvalId}',
  summary: 'Answer an approval',
  description:
    'The first answer wins: a later one is a conflict that says who answered, how and when. `modify` needs a note: the agent plans again with it. `remember`, `keepPaths` and `dropHunks` go with `approve` only; a file of which every part is dropped is not kept.',
  params: z.object({ approvalId: z.string() }),
  body: AnswerBody,
  status: 200,
  reply: z.object({ threadId: z.string(), runId: z.string() }),
});
