import type { PinnedAction } from '#lib/core/approval.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import type { ApprovalState, CallState } from '#lib/core/state.ts';
import { forLedger } from '#lib/core/storable.ts';
import { pinAction } from '#lib/policy/pin-action.ts';
import { type RunContext, record } from './run-context.ts';

export type Question = {
  approvalId?: string;
  kind: ApprovalState['kind'];
  call?: CallState;
  stepId?: string;
  action: Omit<PinnedAction, 'hash'>;
  reason: string;
  /** What the same append tells first. */
  first?: Command[];
};

/** Puts an approval card into the thread. The run waits from here on, and needs no worker until somebody answers. */
export async function requestApproval(
  context: RunContext,
  { approvalId = newId('ap'), kind, call, stepId, action, reason, first = [] }: Question,
): Promise<void> {
  // What is pinned is what the ledger shows and gives back.
  const kept = forLedger(action);
  await record(context, 'choir', [
    ...first,
    {
      type: 'request-approval',
      runId: context.runId,
      approvalId,
      kind,
      callId: call?.callId,
      stepId: stepId ?? call?.stepId,
      action: { ...kept, hash: pinAction(kept) },
      reason,
    },
  ]);
}
