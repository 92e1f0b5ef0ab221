import type { TypingFrame } from '#lib/bus/connect-bus.ts';
import type { Command } from '#lib/core/decide.ts';
import { outputLimitBytes } from '#lib/core/tool.ts';
import { judgeNow } from '#workers/run/call/judge-now.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import { callIdOf, findOpenCall } from './acp/call-id.ts';
import { cleanText } from './acp/clean-text.ts';
import { planCommands } from './acp/plan-commands.ts';
import type { Act } from './acp/scribe.ts';
import { type PlanEntry, readOwnList, type ToolReport } from './acp/session-update.ts';
import { explanationOf, resultOf, toolCallOf } from './acp/tool-call-of.ts';
import { agentWords } from './provider-words.ts';
import { settleCall } from './settle-call.ts';
import { inside, loadSnapshot, programOf, type Sitting } from './sitting.ts';

/** Writes down what the agent did. `line`: where it was heard; what the ledger has of it already is not written twice. True: a tool call ended. */
export async function recordActs(sitting: Sitting, acts: Act[], line: number, isPast: boolean): Promise<boolean> {
  let ended = false;
  for (const act of acts) {
    if (act.type === 'typed') {
      if (!isPast) showTyping(sitting, { callId: sitting.context.runId, stream: 'text', text: act.text });
      continue;
    }
    const snapshot = await loadSnapshot(sitting.context);
    const known = snapshot.run.session?.line ?? 0;
    if ((act.type === 'said' ? act.line : line) <= known) continue;
    const { runId } = snapshot.run;
    if (act.type === 'said') {
      const text = agentWords(act.text, snapshot.run.refusal);
      if (text) await record(sitting.context, 'agent', [{ type: 'post-message', runId, text, line: act.line }]);
    } else if (act.type === 'planned') await recordPlan(sitting.context, snapshot, act.entries);
    else if (await recordReport(sitting, snapshot, act, isPast)) ended = true;
  }
  return ended;
}

async function recordPlan(context: RunContext, { run }: RunSnapshot, entries: PlanEntry[]): Promise<void> {
  const commands = entries.length > 0 ? planCommands(run, entries) : [];
  if (commands.length > 0) await record(context, 'agent', commands);
}

function showTyping({ context, workspaceId }: Sitting, frame: Omit<TypingFrame, 'runId'>): void {
  context.bus.publishTyping(workspaceId, context.threadId, { runId: context.runId, ...frame });
}

/** Only the end of a call is a fact here: its begin is one where the agent asks. What it did unasked is written down whole. */
async function recordReport(
  sitting: Sitting,
  snapshot: RunSnapshot,
  { report, thought, output, begunAt, asked, isEnd }: Extract<Act, { type: 'reported' }>,
  isPast: boolean,
): Promise<boolean> {
  const { context, protocol } = sitting;
  const program = programOf(sitting, snapshot);
  const open = findOpenCall(snapshot.run.calls, program, report.toolCallId, begunAt);
  if (open && output && !isPast) showTyping(sitting, { callId: open.callId, stream: 'stdout', text: cleanText(output, outputLimitBytes) });
  const result = resultOf(report, protocol.exitLine);
  if (!result || !isEnd) return false;
  if (open) {
    await settleCall(sitting, open, result);
    return true;
  }
  if (asked || isOwnTool(sitting, report)) return false;
  if (protocol.listCall?.test(report.title ?? '')) {
    await recordPlan(context, snapshot, readOwnList(report) ?? []);
    return false;
  }
  const { runId } = snapshot.run;
  const callId = callIdOf(program, report.toolCallId, begunAt.at(-1) ?? 0);
  if (isPast && (await isInLedger(context, callId))) return false;
  const call = toolCallOf(report, inside.tree);
  const { verdict } = await judgeNow(context, snapshot, call, inside.home);
  const begun: Command[] = [
    {
      type: 'propose-call',
      runId,
      callId,
      stepId: stepInWork(snapshot),
      call,
      explanation: explanationOf(report, thought, inside.tree),
      verdict,
    },
    { type: 'start-call', runId, callId, network: false },
  ];
  await record(context, 'agent', begun);
  const proposed = (await loadSnapshot(context)).run.calls.find((candidate) => candidate.callId === callId);
  if (proposed) await settleCall(sitting, proposed, result);
  return true;
}

/** What became of a call of the bridge's is written down where it was let through. */
function isOwnTool({ door, protocol }: Sitting, { name, title, toolCallId }: ToolReport): boolean {
  return door !== null && [name ?? title ?? '', toolCallId].some((known) => protocol.bridge.named.test(known));
}

/** A run's state holds its last calls only. */
export async function isInLedger({ database, threadId }: RunContext, callId: string): Promise<boolean> {
  const found = await database.sql`
    select 1 from events where thread_id = ${threadId} and type = 'tool.proposed' and data ->> 'callId' = ${callId} limit 1`;
  return found.length > 0;
}

export function stepInWork({ run }: RunSnapshot): string | undefined {
  return run.steps.find(({ status }) => status === 'running')?.step_id;
}
