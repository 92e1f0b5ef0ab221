import { Composer } from 'grammy';
import { findCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import { listCheckpoints } from '#lib/checkpoints/list-checkpoints.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import { formatAgo } from '#lib/core/words/format.ts';
import { findStanding } from '#lib/telegram/standing-messages.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import type { Incoming } from '../incoming.ts';
import { checkpointName } from '../render/checkpoint-name.ts';
import { countChanges, listChanges } from '../render/describe-changes.ts';
import type { ButtonSpec, TapOn } from '../render/message-spec.ts';
import { bold, lines, paragraphs, type RichText, rich } from '../render/rich-text.ts';
import { exactLine } from '../render/safe-text.ts';
import { showOutcome } from './show-thread.ts';
import { requireTarget } from './target-thread.ts';

const perPage = 6;

/** `/history` and `/revert`: checkpoints, a preview, the confirmed way back. What came of it the ledger shows, with the way forth again. */
export const takingBack = new Composer<Incoming>();

takingBack.command(['history', 'revert'], async (incoming) => {
  const threadId = await requireTarget(incoming);
  const wanted = incoming.match.trim();
  if (wanted) return showPreview(incoming, { do: 'preview', threadId, checkpointId: wanted });
  const { content, buttons } = await historyPage(incoming, threadId, 0);
  await incoming.say(content, { buttons });
});

export async function showHistory(incoming: Incoming, { threadId, page }: TapOn<'history'>): Promise<void> {
  const { content, buttons } = await historyPage(incoming, threadId, page);
  await incoming.showInstead(content, buttons);
}

async function historyPage(incoming: Incoming, threadId: string, page: number): Promise<{ content: RichText; buttons: ButtonSpec[][] }> {
  const { current, checkpoints } = await listCheckpoints(incoming.verb, { threadId, limit: (page + 1) * perPage + 1 });
  const shown = checkpoints.slice(page * perPage, (page + 1) * perPage);
  const content = paragraphs(
    bold('Checkpoints'),
    ...shown.map((checkpoint) => describeCheckpoint(checkpoint, checkpoint.checkpointId === current)),
  );
  const ways = shown
    .filter(({ checkpointId }) => checkpointId !== current)
    .map(({ checkpointId, number }): ButtonSpec => ({ label: `↩️ #${number}`, action: { do: 'preview', threadId, checkpointId } }));
  const turn: ButtonSpec[] = [];
  if (page > 0) turn.push({ label: '‹ Newer', action: { do: 'history', threadId, page: page - 1 } });
  if (checkpoints.length > (page + 1) * perPage) turn.push({ label: 'Older ›', action: { do: 'history', threadId, page: page + 1 } });
  return { content, buttons: [ways.slice(0, 3), ways.slice(3), turn].filter((row) => row.length > 0) };
}

/** What would change, before anything does. */
export async function showPreview(incoming: Incoming, { threadId, checkpointId }: TapOn<'preview'>): Promise<void> {
  const target = await findCheckpoint(incoming.verb, (await getThread(incoming.verb, { threadId })).threadId, checkpointId);
  const { changes, cannotUndo, currentCheckpointId, unchanged } = await revertThread(incoming.verb, {
    threadId,
    checkpointId: target.checkpointId,
    scope: 'code',
    dryRun: true,
  });
  const content = paragraphs(
    rich('↩️ ', bold(`Go back to #${target.number}?`), ` ${checkpointName(target)}`),
    unchanged ? 'The files are already as they were there.' : lines(`It changes ${countChanges(changes)}`, listChanges(changes)),
    cannotUndo.length > 0 && lines(bold('Stays done, it reached outside'), ...cannotUndo.slice(0, 8).map((line) => exactLine(line))),
  );
  const way = { do: 'revert', threadId, checkpointId: target.checkpointId, expectedCurrent: currentCheckpointId } as const;
  await incoming.say(content, {
    buttons: [
      [{ label: '↩️ Files and conversation', action: { ...way, scope: 'both' } }],
      [
        { label: '↩️ Files only', action: { ...way, scope: 'code' } },
        { label: '↩️ Conversation only', action: { ...way, scope: 'conversation' } },
      ],
      [
        { label: '📄 Diff', action: { do: 'diff', threadId, from: currentCheckpointId, to: target.checkpointId } },
        { label: 'Never mind', action: { do: 'close' } },
      ],
    ],
  });
}

/** Confirmed: back it goes, unless the thread moved on since the preview. */
export async function takeBack(incoming: Incoming, { threadId, checkpointId, scope, expectedCurrent }: TapOn<'revert'>): Promise<void> {
  await revertThread(incoming.verb, { threadId, checkpointId, scope, expectedCurrent });
  await incoming.answerTap('↩️ Done');
  if (!(await isLedgersOwn(incoming, threadId))) await incoming.removeMenu();
  await showOutcome(incoming, threadId);
}

/** The Undo stands below a message that shows the ledger; that one stays. */
async function isLedgersOwn(incoming: Incoming, threadId: string): Promise<boolean> {
  const { chatId } = incoming.here;
  const messageId = incoming.callbackQuery?.message?.message_id ?? 0;
  const standing = await findStanding(incoming.services, { chatId, messageId });
  return standing?.threadId === threadId;
}

function describeCheckpoint({ number, label, name, at, changes, actor }: CheckpointState, current: boolean): RichText {
  const what = changes.fileCount > 0 ? countChanges(changes) : 'no files';
  const who = actor === 'person' ? ' · by you' : '';
  return lines(
    rich(bold(`#${number}`), ` ${checkpointName({ name, label })}`, current && ' ← here'),
    `${what} · ${formatAgo(Date.parse(at), Date.now())}${who}`,
  );
}
