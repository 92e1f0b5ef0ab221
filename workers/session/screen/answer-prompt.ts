import { forgetSecretAnswers, readSecretAnswer } from '#lib/approvals/secret-answer.ts';
import type { Command } from '#lib/core/decide.ts';
import { type ApprovalState, openApprovals } from '#lib/core/state.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { requestApproval } from '#workers/run/ask-person.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import { cleanScreen } from './clean-screen.ts';
import type { Reading } from './read-screen.ts';
import type { TerminalSitting } from './terminal-sitting.ts';
import { enter, interrupt, typedRequest } from './typed-request.ts';

const choices = 'Approve presses Enter, Type sends your words and Enter (or keys: <Down><Space>), Reject presses Ctrl-C.';
const reasons: Partial<Record<Reading, string>> = {
  waiting: `The program waits for an answer. ${choices}`,
  unclear: `The screen stands still, and nothing says whether the program works or waits. ${choices}`,
};

const secretReason = `The program asks for a password. What you type is not kept, except in a chat of Telegram. ${choices}`;

/** A program does not show what is typed at such a prompt. */
function asksForSecret(screen: string): boolean {
  const last = screen.trimEnd().split('\n').at(-1) ?? '';
  return /\b(?:pass(?:word|phrase|code)|pin|otp|secret|token|api[ -]?key|credentials?)\b[^\n]{0,200}[:?>]$/i.test(last);
}

/** Puts the screen before the person. The run waits, and the program with it, without a worker. */
export async function askAboutScreen({ context, terminal }: TerminalSitting, snapshot: RunSnapshot, reading: Reading): Promise<void> {
  if (openApprovals(snapshot.state).length > 0) return;
  const current = await requireCurrent(context.database, snapshot.state);
  const screen = cleanScreen(terminal.view().rows);
  const secret = asksForSecret(screen);
  await requestApproval(context, {
    kind: 'prompt',
    action: { cwd: '.', network: false, baseCheckpointId: current.checkpointId, screen, ...(secret ? { secret } : {}) },
    reason: secret ? secretReason : (reasons[reading] ?? ''),
  });
}

/** The answer to a prompt that has not come to its end. */
export function answeredPrompt({ run }: RunSnapshot): ApprovalState | undefined {
  return run.approvals.find(({ kind, answer, executed }) => kind === 'prompt' && answer && !executed);
}

/** Whether the program still shows exactly what the person answered to. A no is for whatever it shows. */
export function isStillAsked({ terminal }: TerminalSitting, { action, answer }: ApprovalState): boolean {
  return answer?.decision === 'reject' || action.screen === cleanScreen(terminal.view().rows);
}

/** Types the answer. It stands in the session's log before the ledger calls it carried out. False: what was to be typed is not kept any more. */
export async function typeAnswer({ context, terminal }: TerminalSitting, { approvalId, answer, action }: ApprovalState): Promise<boolean> {
  if (answer?.decision === 'reject') await terminal.say(interrupt(approvalId));
  else if (answer?.decision === 'modify') {
    const { note, userId = '' } = answer;
    const words = action.secret ? readSecretAnswer(context.home, { approvalId, userId }) : note;
    if (words === null) return false;
    await terminal.say(typedRequest(words, approvalId), action.secret);
  } else await terminal.say(enter(approvalId));
  return true;
}

export const outcomes = { approve: 'Pressed Enter', modify: 'Typed your words', reject: 'Pressed Ctrl-C' } as const;

export async function concludePrompt(context: RunContext, { run }: RunSnapshot, approval: ApprovalState, outcome: string): Promise<void> {
  const { runId } = run;
  const { approvalId, deliveredAt } = approval;
  const words = run.guidance.filter((guidance) => guidance.approvalId === approvalId && !guidance.delivered);
  const commands: Command[] = [
    ...(deliveredAt ? [] : [{ type: 'deliver-approval' as const, runId, approvalId }]),
    ...(words.length > 0 ? [{ type: 'deliver-guidance' as const, runId, guidanceIds: words.map(({ guidanceId }) => guidanceId) }] : []),
    { type: 'execute-approval', runId, approvalId, outcome },
  ];
  await record(context, 'choir', commands);
  if (approval.action.secret) forgetSecretAnswers(context.home, approvalId);
}
