import type { PinnedAction } from '#lib/core/approval.ts';
import type { ChangeSummary, FileDiff } from '#lib/core/change.ts';
import { workedMs } from '#lib/core/limits/limit-reached.ts';
import { type ApprovalState, openApprovals, type RunState, type ThreadState } from '#lib/core/state.ts';
import { describeBody, describeCall } from '#lib/core/words/describe-call.ts';
import { describeDuration, describeLimit } from '#lib/core/words/describe-limit.ts';
import { describeStatus } from '#lib/core/words/describe-run.ts';
import { formatCount } from '#lib/core/words/format.ts';
import { questionOf } from '#lib/core/words/question-of.ts';
import { revealHidden } from '#lib/core/words/reveal-hidden.ts';

/** `answerable`: all that is pinned stands in the text, so it may be answered from there. */
export type NotificationText = { title: string; body: string; answerable: boolean };

/** About what a phone shows of an opened notification, and far below what a push may carry. */
const bodyLimit = 420;
const titleLimit = 80;
const shownFiles = 6;

/**
 * A question in words that Choir makes from the pinned action, never in the agent's own. `changes`: what it would keep, where that is known and little:
 * the names of files alone are not what a person approves.
 */
export function describeQuestion(state: ThreadState, approval: ApprovalState, changes: FileDiff[] | null): NotificationText {
  const more = openApprovals(state).length - 1;
  const shown = changes?.every(isWhole) ? changes : null;
  const { text, whole } = cut(actionLines(approval, shown).join('\n'));
  const others = more > 0 ? `\n${more} more ${more === 1 ? 'question waits' : 'questions wait'} in this thread.` : '';
  return {
    title: questionOf(approval),
    body: `${named(state)}\n${text}${whole ? '' : '\nOpen it to see all of it.'}${others}`,
    answerable: whole && more === 0 && approval.kind !== 'prompt' && showsEffect(approval.action, shown),
  };
}

/** How a run ended, from what the ledger counted. */
export function describeEnding(state: ThreadState, run: RunState): NotificationText {
  const changed = new Set(
    state.checkpoints.filter(({ runId }) => runId === run.runId).flatMap(({ changes }) => changes.files.map(({ path }) => path)),
  ).size;
  const facts = [changed === 0 ? 'No file changed' : `${formatCount(changed, 'file')} changed`, describeDuration(workedMs(run, 0))];
  const body = run.status === 'failed' ? 'It did not get through. Open it to see why.' : facts.join(' · ');
  return { title: describeStatus(run.status, run.extent), body: `${named(state)}\n${body}`, answerable: false };
}

function named({ title }: ThreadState): string {
  const line = exact(title).replaceAll(/\s+/g, ' ').trim();
  return line.length <= titleLimit ? line : `${line.slice(0, titleLimit - 1).toWellFormed()}…`;
}

function actionLines({ kind, action }: ApprovalState, changes: FileDiff[] | null): string[] {
  if (kind === 'prompt') return ['Open it to read the screen.'];
  const { call, steps, cwd, network, effect, budget } = action;
  return [
    ...(kind === 'unisolated' ? ['⚠ Without a sandbox.'] : []),
    ...(network ? ['⚠ It reaches the network.'] : []),
    ...(call ? [callText(call, changes === null)] : []),
    ...(call?.tool === 'run_command' && cwd !== '.' ? [`in ${cwd}`] : []),
    ...(steps ?? []).map(({ title }, index) => `${index + 1}. ${title}`),
    ...(budget ? [describeLimit(budget)] : []),
    ...(effect ? changeLines(effect.changes, changes) : []),
  ].map(exact);
}

/** Without its body where the lines that it changed say the same. */
function callText(call: NonNullable<PinnedAction['call']>, withBody: boolean): string {
  if (call.tool === 'run_command') return call.args.command.trim();
  const { verb, object } = describeCall(call, 'doing');
  const body = withBody ? (describeBody(call)?.text ?? '') : '';
  return `${verb} ${object}${body && `\n${body}`}`;
}

function changeLines({ files, fileCount, additions, deletions }: ChangeSummary, changes: FileDiff[] | null): string[] {
  if (fileCount === 0) return ['It changed no file.'];
  if (changes) return changes.flatMap(fileLines);
  const listed = files.slice(0, shownFiles).map(({ status, path }) => `${status} ${path}`);
  const rest = fileCount > shownFiles ? [`and ${fileCount - shownFiles} more`] : [];
  return [`It changed ${formatCount(fileCount, 'file')}, +${additions} −${deletions}:`, ...listed, ...rest];
}

function fileLines({ status, path, oldPath, hunks }: FileDiff): string[] {
  const changed = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'context'));
  return [
    `${status} ${oldPath ? `${oldPath} → ` : ''}${path}`,
    ...changed.map(({ kind, text }) => `${kind === 'add' ? '+' : '−'} ${text}`),
  ];
}

/** Whether the lines of a file say all that happened to it. */
function isWhole({ status, binary, truncated }: FileDiff): boolean {
  return !binary && !truncated && (status === 'added' || status === 'modified' || status === 'deleted' || status === 'renamed');
}

function showsEffect({ effect }: PinnedAction, changes: FileDiff[] | null): boolean {
  if (!effect) return true;
  const { fileCount, leftOut } = effect.changes;
  return changes ? changes.length === fileCount : fileCount + leftOut.length === 0;
}

function cut(text: string): { text: string; whole: boolean } {
  return text.length <= bodyLimit ? { text, whole: true } : { text: `${text.slice(0, bodyLimit).toWellFormed()}…`, whole: false };
}

/** With everything that would not show, or would show in another order, spelled out. */
function exact(text: string): string {
  return revealHidden(text)
    .map((part) => (part.hidden ? `⟨${part.text}⟩` : part.text))
    .join('');
}
