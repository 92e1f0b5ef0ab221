import type { Command } from '#lib/core/decide.ts';
import type { ApprovalState, CallState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';
import { outcomeOf } from '#workers/run/call/execute-call.ts';
import { failure } from '#workers/run/call/tool-result.ts';
import { type RunSnapshot, record } from '#workers/run/run-context.ts';
import { mediaArtifacts } from '#workers/tools/media-artifacts.ts';
import { findOpenCall, isSameCall } from './acp/call-id.ts';
import { commitSession, judgeCommit, recordCheckpoint } from './checkpoint-session.ts';
import { MustBeUndone } from './endings.ts';
import { closeNetwork } from './program/session-network.ts';
import { loadSnapshot, programOf, type Sitting } from './sitting.ts';

const contactedLimit = 100;
const looks: ReadonlySet<string> = new Set(['read', 'search', 'think']);

/** A call has ended: its result, and what it changed as a checkpoint, stand in the ledger. Throws `MustBeUndone`. */
export async function settleCall(
  sitting: Sitting,
  call: CallState,
  ended: Pick<ToolResult, 'status' | 'stdout' | 'returncode' | 'error'>,
): Promise<void> {
  const { context, waysOut } = sitting;
  const { callId } = call;
  const snapshot = await loadSnapshot(context);
  const { runId } = snapshot.run;
  const durationMs = sinceMs(call.startedAt);
  const contacted = contactedOf(waysOut.get(callId)?.reached);
  if (call.network) await closeNetwork(sitting, callId);

  const { committed, artifacts } = await commitCall(sitting, snapshot, call);
  const result: ToolResult = { ...ended, stderr: '', artifacts, duration_ms: durationMs };
  const finish = { type: 'finish-call' as const, runId, callId, result, contacted };
  const also = concluded(snapshot.run.approvals, call, runId, outcomeOf(result));
  const judged = committed && (await judgeCommit(context, snapshot, committed, call));
  if (judged?.decision === 'deny') {
    const refused = { ...finish, result: { ...result, status: 'denied' as const, error: judged.reason } };
    await record(context, 'choir', [refused, ...also, ...judged.commands]);
    throw new MustBeUndone(judged.reason);
  }
  if (committed && judged?.decision === 'allow')
    await recordCheckpoint(context, snapshot, committed, { label: call.explanation, call, finish, also });
  else await record(context, 'choir', [finish, ...also]);
}

/** With the agent's turn over nothing of it runs, whatever it left untold. The end of a server's tool is told where it was let through. */
export async function settleUntold(sitting: Sitting, isWholeTurn: boolean): Promise<void> {
  const snapshot = await loadSnapshot(sitting.context);
  const { helperCall } = sitting.protocol;
  const program = programOf(sitting, snapshot);
  const ofHelpers = (helperCall && isWholeTurn ? sitting.scribe.untold(helperCall) : []).map(
    ({ report, begunAt }) => findOpenCall(snapshot.run.calls, program, report.toolCallId, begunAt)?.callId,
  );
  for (const call of snapshot.run.calls.filter(({ status, call }) => status === 'running' && call.tool !== 'mcp_call')) {
    const isOfHelper = ofHelpers.includes(call.callId);
    await settleCall(sitting, call, isOfHelper ? leftToHelper : cutOff(call, 'The agent ended its turn and never said how this ended.'));
  }
}

const leftToHelper = {
  status: 'succeeded' as const,
  stdout: 'A sub-agent was let do this. The agent does not say how its sub-agents’ acts end.',
  returncode: null,
  error: null,
};

/** The result of a call that nobody can say the end of. */
export function cutOff({ network }: CallState, why: string): ToolResult {
  return failure('interrupted', network ? `${why} It may have happened outside, in part or whole.` : why);
}

/** What a look around has changed all the same, if it lied, is found where the next call or the turn ends: the program is not paused for each. */
async function commitCall({ context, session }: Sitting, snapshot: RunSnapshot, { call, explanation }: CallState) {
  if (call.tool === 'agent_action' && looks.has(call.args.kind)) return { committed: null, artifacts: [] };
  return session.paused(async () => {
    const committed = await commitSession(context, snapshot, session.transaction, explanation);
    const changed = new Set(committed.summary.files.map(({ path }) => path));
    return { committed, artifacts: mediaArtifacts(committed.touched.filter(({ path }) => changed.has(path))) };
  });
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
