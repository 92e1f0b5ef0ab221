import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import type { CheckpointState, Item, ThreadState } from '#lib/core/state.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';
import { describeStatus } from '#lib/core/words/describe-run.ts';
import { formatDuration } from '#lib/core/words/format.ts';
import { countChanges, listChanges } from './describe-changes.ts';
import { markdown } from './markdown.ts';
import type { ButtonSpec, ChatText } from './message-spec.ts';
import { type NameOf, personAt } from './person-at.ts';
import { bold, cutRich, italic, lines, paragraphs, rich } from './rich-text.ts';
import { runIcon } from './run-icons.ts';
import { proseLine, proseText } from './safe-text.ts';

type Shown = Omit<ChangeSummary, 'deletedCount'>;
type Ended = Extract<Item, { kind: 'run-ended' }>;
/** A run shorter than this is done at once for whoever reads it. */
const noticedMs = 1_000;
const outcomeLimit = 2_800;
const mostRefusals = 3;

/** `goal`: what it was asked for. `changes`: all that it changed, else the sum of its checkpoints is said. */
type RunView = { goal: string; nameOf: NameOf; changes?: Shown };

/** What a run came to: its words, the files, time and money, and the ways on from there. */
export function runEnd(state: ThreadState, item: Ended, { goal, nameOf, changes: known }: RunView): ChatText {
  const own = state.checkpoints.filter((checkpoint) => checkpoint.runId === item.runId && checkpoint.seq < item.seq);
  const changes = known ?? sumChanges(own);
  const cost = item.cost.calls > 0 ? ` · ${describeCost(item.cost)}` : '';
  const stoppedBy = item.status === 'cancelled' && item.actor === 'person' ? personAt(item, nameOf) : '';
  const content = paragraphs(
    lines(
      rich(
        bold(headline(item)),
        stoppedBy && ` by ${stoppedBy}`,
        item.workedMs >= noticedMs && ` · ${formatDuration(item.workedMs)}`,
        cost,
      ),
      item.status !== 'completed' && italic(proseLine(goal, 80)),
      ...rejections(state, item, nameOf),
    ),
    !stoppedBy && cutRich(markdown(changes.fileCount > 0 ? withoutFiles(item.text) : item.text), outcomeLimit),
    lines(...refusals(state, item)),
    changes.fileCount > 0 && lines(countChanges(changes), listChanges(changes, 6)),
  );
  return { content, buttons: own.length > 0 ? [endButtons(state, own)] : [] };
}

/** Who said no to something of it, where more than one person could have. */
function rejections({ items }: ThreadState, { runId }: Ended, nameOf: NameOf): string[] {
  const answers = items.flatMap((item) => (item.kind === 'approval' && item.runId === runId ? (item.approval.answer ?? []) : []));
  const names = new Set(answers.flatMap((answer) => (answer.decision === 'reject' ? personAt(answer, nameOf) : [])));
  names.delete('you');
  return [...names].map((name) => `❌ Rejected by ${name}`);
}

/** What was not let through, each reason once. */
function refusals({ items }: ThreadState, { runId, text }: Ended): string[] {
  if (text.includes('Refused by the rules')) return [];
  const denied = items.flatMap((item) =>
    item.kind === 'call' && item.runId === runId && item.result?.status === 'denied' ? (item.result.error ?? item.verdict.reason) : [],
  );
  return [...new Set(denied)].slice(0, mostRefusals).map((reason) => `⛔ ${proseLine(reason, 200)}`);
}

function headline({ status, extent }: Ended): string {
  return `${runIcon(status, extent)} ${describeStatus(status, extent)}`;
}

/** The files of a report stand below it, with what changed in each. */
function withoutFiles(text: string): string {
  return text.replace(/^- Files: .*\n?/gm, '');
}

/** All of an outcome that the message cuts off, or null. */
export function wholeOutcome({ text }: Ended): { name: string; text: string } | null {
  return text.length > outcomeLimit ? { name: 'answer.html', text: proseText(text) } : null;
}

function endButtons({ threadId, checkpoints }: ThreadState, own: CheckpointState[]): ButtonSpec[] {
  const [first, last] = [own[0], own.at(-1)];
  const before = checkpoints.findLast(({ number }) => number < (first?.number ?? 0));
  const diff: ButtonSpec = { label: '📄 Diff', action: { do: 'diff', threadId, from: before?.checkpointId, to: last?.checkpointId } };
  const files: ButtonSpec = { label: '📁 Files', action: { do: 'files', threadId, path: '' } };
  return before
    ? [diff, files, { label: '↩️ Take back', action: { do: 'preview', threadId, checkpointId: before.checkpointId } }]
    : [diff, files];
}

/** All that a run changed, by its checkpoints; what it made and removed again is no change. */
function sumChanges(own: CheckpointState[]): Shown {
  const files = new Map<string, FileChange>();
  for (const file of own.flatMap(({ changes }) => changes.files)) {
    const before = files.get(file.path);
    const added = before?.status === 'added';
    if (added && file.status === 'deleted') files.delete(file.path);
    else files.set(file.path, before ? joinChanges(before, file) : file);
  }
  const all = [...files.values()];
  const unlisted = own.reduce((total, { changes }) => total + changes.fileCount - changes.files.length, 0);
  return {
    files: all,
    fileCount: all.length + unlisted,
    additions: all.reduce((total, { additions }) => total + additions, 0),
    deletions: all.reduce((total, { deletions }) => total + deletions, 0),
    leftOut: own.at(-1)?.changes.leftOut ?? [],
  };
}

function joinChanges(before: FileChange, after: FileChange): FileChange {
  const additions = before.additions + after.additions;
  const deletions = before.deletions + after.deletions;
  // Of a file that the run made, all that stands in it was added.
  if (before.status === 'added') return { ...after, status: 'added', additions: additions - deletions, deletions: 0 };
  return { ...after, additions, deletions };
}
