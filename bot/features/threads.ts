import { Composer } from 'grammy';
import { listApprovals } from '#lib/approvals/list-approvals.ts';
import { currentCheckpoint, isActive, type RunState } from '#lib/core/state.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { formatAgo } from '#lib/core/words/format.ts';
import { forgetStanding, listStanding } from '#lib/telegram/standing-messages.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import { listThreads, type ThreadRow } from '#lib/threads/list-threads.ts';
import type { Incoming } from '../incoming.ts';
import { markdown } from '../render/markdown.ts';
import type { ButtonSpec, ChatText, TapOn } from '../render/message-spec.ts';
import { runKey } from '../render/render-thread.ts';
import { bold, lines, type Part, paragraphs, type RichText, rich } from '../render/rich-text.ts';
import { runIcon } from '../render/run-icons.ts';
import { proseLine } from '../render/safe-text.ts';
import { removeMessage } from '../send/remove-message.ts';
import { describeChoices, readChoices } from './choices/choice-menu.ts';
import { showThread } from './show-thread.ts';
import { targetThread } from './target-thread.ts';

const listed = 8;

export const threads = new Composer<Incoming>();

threads.command('threads', async (incoming) => {
  const { content, buttons } = await threadsPage(incoming, 0);
  await incoming.say(content, { buttons });
});

export async function showThreads(incoming: Incoming, { page }: TapOn<'threads'>): Promise<void> {
  const { content, buttons } = await threadsPage(incoming, page);
  await incoming.showInstead(content, buttons);
}

async function threadsPage(incoming: Incoming, page: number): Promise<ChatText> {
  const rows = await listThreads(incoming.verb, { limit: (page + 1) * listed + 1 });
  const shown = rows.slice(page * listed, (page + 1) * listed);
  const turn: ButtonSpec[] = [];
  if (page > 0) turn.push({ label: '‹ Newer', action: { do: 'threads', page: page - 1 } });
  if (rows.length > (page + 1) * listed) turn.push({ label: 'Older ›', action: { do: 'threads', page: page + 1 } });
  return {
    content: shown.length === 0 ? rich('No threads yet. Tell me what should be done.') : listRows(bold('Threads'), shown),
    buttons: [...shown.map(openButton), turn].filter((row) => row.length > 0),
  };
}

function listRows(head: Part, rows: ThreadRow[]): RichText {
  return paragraphs(head, ...rows.map((row) => lines(...describeRow(row))));
}

function openButton(row: ThreadRow): ButtonSpec[] {
  return [{ label: `${iconOf(row)} ${proseLine(row.title, 50)}`, action: { do: 'open', threadId: row.id } }];
}

threads.command('status', async (incoming) => {
  const [rows, waiting, current] = await Promise.all([listThreads(incoming.verb), listApprovals(incoming.verb), targetThread(incoming)]);
  const working = rows.filter(({ runStatus }) => runStatus === 'running' || runStatus === 'queued');
  const shown = [
    ...new Map(
      [...rows.filter(({ id }) => waiting.some(({ threadId }) => threadId === id)), ...working].map((row) => [row.id, row]),
    ).values(),
  ].slice(0, listed);
  const counts = [working.length > 0 && `${working.length} working`, waiting.length > 0 && `${waiting.length} waiting for you`];
  const head = `${counts.filter(Boolean).join(', ') || 'Nothing runs, nothing waits for you'}.`;
  const state = current ? await getThread(incoming.verb, { threadId: current }) : null;
  const point = state && currentCheckpoint(state);
  const here =
    state &&
    lines(
      rich('Here: ', bold(proseLine(state.title, 80))),
      `${state.projectName}${point ? ` · checkpoint #${point.number}` : ''}${state.run ? ` · ${describeWorker(state.run)}` : ''}`,
    );
  const chosen = describeChoices(await readChoices(incoming));
  await incoming.say(paragraphs(listRows(head, shown), here, chosen && `Next goal: ${chosen}`), { buttons: shown.map(openButton) });
});

/** Goes on with a thread in this chat, which takes the place of the list. What shows its work is sent anew, so that it stands at the end. */
export async function openThread(incoming: Incoming, { threadId }: TapOn<'open'>): Promise<void> {
  const state = await getThread(incoming.verb, { threadId });
  await incoming.answerTap(`Now: ${proseLine(state.title, 100)}`);
  const { chatId } = incoming.here;
  const standing = await listStanding(incoming.services, { chatId, threadId });
  const open =
    state.run?.approvals.filter(({ answer, withdrawn }) => !answer && !withdrawn).map(({ approvalId }) => `approval:${approvalId}`) ?? [];
  const again = [isActive(state.run) ? runKey(state.run.runId) : '', ...open].filter((key) =>
    standing.some((message) => message.key === key),
  );
  for (const message of standing.filter(({ key }) => again.includes(key)))
    await removeMessage(incoming.services.telegram, { chat_id: chatId, message_id: message.messageId });
  if (again.length > 0) await forgetStanding(incoming.services, { chatId, keys: again });
  const { topicId } = await showThread(incoming, threadId);
  const isElsewhere = topicId !== incoming.here.topicId;
  const next = isElsewhere ? 'It goes on in its own topic.' : isActive(state.run) ? '' : 'What should be done next?';
  await incoming.showInstead(rich('Now about ', bold(proseLine(state.title, 100)), `. ${next}`));
}

export function iconOf({ runStatus, runExtent }: ThreadRow): string {
  return runStatus ? runIcon(runStatus, runExtent) : '·';
}

/** Who works, why, and how. */
function describeWorker({ agent, agentReason, mode, dryRun }: RunState): string {
  return `${agentName(agent)} (${proseLine(agentReason, 80)}), ${dryRun ? 'dry run' : mode}`;
}

/** What was said last, without its Markdown. */
export function lastWords({ lastLine }: ThreadRow): string {
  return proseLine(markdown(lastLine).text, 100);
}

export function describeRow(row: ThreadRow): Part[] {
  const age = formatAgo(Date.parse(row.updatedAt), Date.now());
  return [rich(`${iconOf(row)} `, bold(proseLine(row.title, 80))), `${lastWords(row)} · ${row.projectName} · ${age}`];
}
