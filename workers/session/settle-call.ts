import type { Command } from '#lib/core/decide.ts';
import type { ApprovalState, CallState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';
import { outcomeOf } from '#workers/run/call/execute-call.ts';
import { record } from '#workers/run/run-context.ts';
import { mediaArtifacts } from '#workers/tools/media-artifacts.ts';
import { isSameCall } from './acp/call-id.ts';
import { commitSession, judgeCommit, recordCheckpoint } from './checkpoint-session.ts';
import { MustBeUndone } from './endings.ts';
import { closeNetwork } from './program/session-network.ts';
import { loadSnapshot, type Sitting } from './sitting.ts';

const contactedLimit = 100;

/** A call has ended: its result, and what it changed as a checkpoint, stand in the ledger. Throws `MustBeUndone`. */
export async function settleCall(
  sitting: Sitting,
  call: CallState,
  ended: Pick<ToolResult, 'status' | 'stdout' | 'returncode' | 'error'>,
): Promise<void> {
  const { context, session, waysOut } = sitting;
  const { callId } = call;
  const snapshot = await loadSnapshot(context);
  const { runId } = snapshot.run;
  const durationMs = sinceMs(call.startedAt);
  const contacted = contactedOf(waysOut.get(callId)?.reached);
  if (call.network) await closeNetwork(sitting, callId);

  const { committed, artifacts } = await session.paused(async () => {
    const commit = await commitSession(context, snapshot, session.transaction, call.explanation);
    const changed = new Set(commit.summary.files.map(({ path }) => path));
    return { committed: commit, artifacts: mediaArtifacts(commit.touched.filter(({ path }) => changed.has(path))) };
  });
  const result: ToolResult = { ...ended, stderr: '', artifacts, duration_ms: durationMs };
  const finish = { type: 'finish-call' as const, runId, callId, result, contacted };
  const also = concluded(snapshot.run.approvals, call, runId, outcomeOf(result));
  const judged = committed.changed ? await judgeCommit(context, snapshot, committed, call) : null;
  if (judged?.decision === 'deny') {
    const refused = { ...finish, result: { ...result, status: 'denied' as const, error: judged.reason } };
    await record(context, 'choir', [refused, ...also, ...judged.commands]);
    throw new MustBeUndone(judged.reason);
  }
  if (judged?.decision === 'allow') await recordCheckpoint(context, snapshot, committed, { label: call.explanation, call, finish, also });
  else await record(context, 'choir', [finish, ...also]);
}

export function contactedOf(hosts: ReadonlySet<string> | undefined): string[] | undefined {
  return hosts && hosts.size > 0 ? [...hosts].slice(0, contactedLimit) : undefined;
}

export function sinceMs(startedAt: string | undefined): number {
  return startedAt ? Math.max(0, Date.now() - Date.parse(startedAt)) : 0;
}

/** The yes that this call was waiting for has come to its end. */
function concluded(approvals: ApprovalState[], { call }: CallState, runId: string, outcome: string): Command[] {
  const approval = approvals.find(
    ({ answer, executed, action }) => answer?.decision === 'approve' && !executed && isSameCall(action.call, call),
  );
  return approval ? [{ type: 'execute-approval', runId, approvalId: approval.approvalId, outcome }] : [];
}
