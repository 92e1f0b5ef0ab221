import { toolResult } from '#workers/run/call/tool-result.ts';
import { type RunSnapshot, record } from '#workers/run/run-context.ts';
import { cleanText } from '../acp/clean-text.ts';
import { commitSession, judgeCommit, recordCheckpoint } from '../checkpoint-session.ts';
import { MustBeUndone } from '../endings.ts';
import { contactedOf, sinceMs } from '../settle-call.ts';
import { loadSnapshot } from '../sitting.ts';
import { cleanScreen } from './clean-screen.ts';
import { printedSince } from './printed-since.ts';
import type { TerminalSitting } from './terminal-sitting.ts';

const printedLimit = 8_000;

/** What came onto the screen since the thread was told last, as a message. Told once, whichever worker sees it. */
export async function tellPrinted({ context, terminal }: TerminalSitting, { run }: RunSnapshot): Promise<void> {
  const { rows, screenLine, exited } = terminal.view();
  if (screenLine <= (run.session?.line ?? 0)) return;
  const printed = cleanText(cleanScreen(printedSince(terminal.before(), rows)), printedLimit);
  const ending = exited?.code ? [`It ended with exit code ${exited.code}.`] : [];
  const text = [...(printed.trim() ? [fenced(printed)] : []), ...ending].join('\n\n') || 'It printed nothing.';
  await record(context, 'agent', [{ type: 'post-message', runId: run.runId, text, line: screenLine }]);
  terminal.told();
}

/** What the program changed so far becomes a checkpoint, as far as that needs nobody. Throws `MustBeUndone`. */
export async function saveProgress({ context, session, sessionId, call }: TerminalSitting): Promise<void> {
  const snapshot = await loadSnapshot(context);
  const label = call.call.tool === 'run_command' ? call.call.args.command.slice(0, 200) : call.explanation;
  const committed = await session.paused(() => commitSession(context, snapshot, session.transaction, label));
  const judged = await judgeCommit(context, snapshot, committed, { callId: sessionId, call: { tool: 'git_diff', args: {} } });
  if (judged.decision === 'deny') {
    await record(context, 'choir', judged.commands);
    throw new MustBeUndone(judged.reason);
  }
  if (judged.decision === 'allow') await recordCheckpoint(context, snapshot, committed, { label });
}

/** The command has come to its end, or to where it waits for nothing but more to do. */
export async function finishCommand({ context, terminal, call, contacts }: TerminalSitting): Promise<void> {
  const { callId } = call;
  const { run } = await loadSnapshot(context);
  const { exited, interrupted } = terminal.view();
  const returncode = exited?.code ?? null;
  const result = toolResult({
    status: interrupted ? 'cancelled' : returncode ? 'failed' : 'succeeded',
    returncode,
    error: interrupted ? 'The person stopped it.' : null,
    duration_ms: sinceMs(run.calls.find((known) => known.callId === callId)?.startedAt),
  });
  await record(context, 'choir', [{ type: 'finish-call', runId: run.runId, callId, result, contacted: contactedOf(contacts) }]);
}

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
