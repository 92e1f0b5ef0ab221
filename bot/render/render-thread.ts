import type { ChangeSummary } from '#lib/core/change.ts';
import { type Item, isActive, type ThreadState } from '#lib/core/state.ts';
import type { Artifact } from '#lib/core/tool.ts';
import { albumOf, mediaKind } from '../send/media-kind.ts';
import { type Priority, priorities } from '../send/send-budget.ts';
import { approvalCard, wholeAction } from './approval-card.ts';
import { checkpointName } from './checkpoint-name.ts';
import type { Choosing } from './choosing.ts';
import { countChanges, listChanges } from './describe-changes.ts';
import { livingMessage } from './living-message.ts';
import type { FilesSpec, MessageSpec, Spec } from './message-spec.ts';
import { type NameOf, personAt } from './person-at.ts';
import { bold, code, italic, lines, paragraphs, rich } from './rich-text.ts';
import { runEnd, wholeOutcome } from './run-end.ts';
import { exactLine, proseLine } from './safe-text.ts';

/** `choosing`: by question, where one may choose what of it is kept. `runChanges`: all that the last run changed, where its checkpoints do not add up to it. */
export type View = {
  now: number;
  typed?: string;
  nameOf: NameOf;
  choosing?: ReadonlyMap<string, Choosing>;
  runChanges?: ChangeSummary;
};

const mostMedia = 10;
/** Larger ones stay where they are: Telegram takes no upload over 50 MB. */
const mostBytes = 50_000_000;

export const runKey = (runId: string) => `run:${runId}`;
export const goalKey = (runId: string) => `goal:${runId}`;

/** All that should stand in a chat where this thread shows, of the present; of the past only what may stand there already. Pure. */
export function renderThread(state: ThreadState, view: View): Spec[] {
  const { run } = state;
  const specs = state.items.flatMap((item) => renderItem(state, item, view));
  if (run)
    specs.push({
      key: runKey(run.runId),
      kind: 'text',
      priority: priorities.edit,
      present: isActive(run),
      silent: true,
      replyTo: goalKey(run.runId),
      ...livingMessage(state, run, view),
    });
  return specs;
}

function renderItem(state: ThreadState, item: Item, { nameOf, choosing, runChanges }: View): Spec[] {
  const ofThisRun = item.runId !== undefined && item.runId === state.run?.runId;
  const working = ofThisRun && isActive(state.run);
  switch (item.kind) {
    case 'approval': {
      const { approval } = item;
      const open = !approval.answer && !approval.withdrawn;
      const shown = approvalCard({
        approval,
        threadId: state.threadId,
        goal: goalOf(state, item),
        nameOf,
        choosing: choosing?.get(approval.approvalId),
      });
      const key = `approval:${approval.approvalId}`;
      const card: MessageSpec = { key, kind: 'text', priority: priorities.approval, present: open, silent: false, ...shown };
      const whole = open ? wholeAction(approval) : null;
      return whole ? [wholeFile(`${key}:whole`, priorities.approval, 'All of what the next card asks about', whole), card] : [card];
    }
    case 'run-ended': {
      // Words that it did not hear were the next goal at once: its end is news all the same. What ended before stays as it was said.
      if (!ofThisRun && item.at !== state.run?.queuedAt) return [];
      const key = `end:${item.key}`;
      const end: MessageSpec = {
        key,
        kind: 'text',
        priority: priorities.news,
        present: true,
        silent: item.status === 'cancelled',
        replyTo: item.runId && goalKey(item.runId),
        ...runEnd(state, item, { goal: goalOf(state, item), nameOf, changes: ofThisRun ? runChanges : undefined }),
      };
      const whole = wholeOutcome(item);
      return whole ? [end, wholeFile(`${key}:whole`, priorities.news, 'All of what it said', whole)] : [end];
    }
    case 'revert':
      return [
        {
          key: `revert:${item.key}`,
          kind: 'text',
          priority: priorities.news,
          present: item.seq >= (state.lastRevert?.seq ?? 0),
          silent: true,
          ...revertText(state, item, nameOf),
        },
      ];
    case 'guidance':
      return item.via === 'telegram' || item.approvalId
        ? []
        : [said(state, `guidance:${item.key}`, item, { present: working, priority: priorities.news, nameOf })];
    case 'goal':
      return item.via === 'telegram' || !item.runId
        ? []
        : [said(state, goalKey(item.runId), item, { present: working, priority: priorities.approval, nameOf })];
    case 'call':
      return ofThisRun ? mediaOf(item) : [];
    default:
      return [];
  }
}

/** What the run of an item was asked for: a thread is called by its first goal alone. */
function goalOf({ items, run, title }: ThreadState, { runId }: Item): string {
  if (run?.runId === runId) return run?.goal ?? title;
  const given = items.find((item) => item.kind === 'goal' && item.runId === runId);
  return given?.kind === 'goal' ? given.text : title;
}

type Said = Extract<Item, { kind: 'goal' | 'guidance' }>;

/** What a person said on another face, and of which thread and project. `priority`: a goal goes before the question that came of it. */
function said(
  { title, projectName }: ThreadState,
  key: string,
  item: Said,
  { present, priority, nameOf }: { present: boolean; priority: Priority; nameOf: NameOf },
): MessageSpec {
  const who = personAt(item, nameOf, item.via ?? 'api');
  const isFirst = item.kind === 'goal' && item.text.startsWith(title.replace(/…$/, ''));
  const where = [proseLine(projectName, 60), !isFirst && `“${proseLine(title, 60)}”`].filter(Boolean).join(' · ');
  const content = lines(rich(bold(`${who[0]?.toUpperCase()}${who.slice(1)}`), ` · ${where}`), proseLine(item.text, 500));
  return { key, kind: 'text', priority, present, silent: true, content, buttons: [] };
}

function wholeFile(key: string, priority: Priority, caption: string, content: { name: string; text: string }): FilesSpec {
  return {
    key,
    kind: 'files',
    priority,
    present: true,
    silent: true,
    files: [{ caption: rich(caption), content }],
  };
}

/** What a call made that a chat can show; what may stand in one album does. */
function mediaOf({ callId, checkpointId, result }: Extract<Item, { kind: 'call' }>): FilesSpec[] {
  if (!checkpointId) return [];
  const shown = (result?.artifacts ?? [])
    .filter(({ bytes, mediaType }) => bytes > 0 && bytes <= mostBytes && mediaType !== 'text/html' && mediaType !== 'image/svg+xml')
    .slice(0, mostMedia);
  const kinds = Map.groupBy(shown, ({ mediaType, bytes }, index) => albumOf(mediaKind(mediaType, bytes)) ?? index);
  const albums = [...kinds.values()].flatMap(withinOneUpload);
  return albums.map((artifacts, index) => ({
    key: `media:${callId}:${index}`,
    kind: 'files',
    priority: priorities.news,
    present: true,
    silent: true,
    files: artifacts.map((artifact) => ({ caption: code(exactLine(artifact.path)), content: { at: checkpointId, artifact } })),
  }));
}

/** An album is one upload, and is held in memory whole. */
function withinOneUpload(artifacts: Artifact[]): Artifact[][] {
  const albums: Artifact[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const artifact of artifacts) {
    bytes += artifact.bytes;
    if (bytes <= mostBytes) albums.at(-1)?.push(artifact);
    else {
      albums.push([artifact]);
      bytes = artifact.bytes;
    }
  }
  return albums;
}

function revertText(state: ThreadState, item: Extract<Item, { kind: 'revert' }>, nameOf: NameOf): Pick<MessageSpec, 'content' | 'buttons'> {
  const target = state.checkpoints.find(({ checkpointId }) => checkpointId === item.checkpointId);
  const where = target ? `#${target.number} ${checkpointName(target)}` : 'an older checkpoint';
  const scope = item.scope === 'code' ? '' : item.scope === 'both' ? ', files and conversation' : ', the conversation alone';
  const content = paragraphs(
    lines(
      item.isUndo ? rich('↪️ ', bold('Going back was undone'), `, ${where} is current again`) : rich('↩️ ', bold(`Back at ${where}`), scope),
      italic(`by ${personAt(item, nameOf)} · ${proseLine(state.title, 60)}`),
    ),
    item.changes.fileCount > 0 && lines(countChanges(item.changes), !item.isUndo && listChanges(item.changes, 6)),
    item.cannotUndo.length > 0 && lines(bold('Stays done'), ...item.cannotUndo.slice(0, 5).map((line) => exactLine(line, 200))),
  );
  // What came after it would be lost with it.
  const isLast = !state.items.some(({ kind, seq }) => seq > item.seq && (kind === 'goal' || kind === 'checkpoint'));
  const newest = state.lastRevert?.seq === item.seq && isLast;
  const undo = {
    do: 'revert',
    threadId: state.threadId,
    checkpointId: item.fromCheckpointId,
    scope: item.scope,
    expectedCurrent: state.currentCheckpointId ?? '',
  } as const;
  return { content, buttons: newest ? [[{ label: item.isUndo ? '↩️ Go back again' : '↪️ Undo', action: undo }]] : [] };
}
