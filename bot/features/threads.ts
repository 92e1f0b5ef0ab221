import { Composer } from 'grammy';
import { describeAgent } from '#lib/agents/agent-catalog.ts';
import { listApprovals } from '#lib/approvals/list-approvals.ts';
import { currentCheckpoint } from '#lib/core/state.ts';
import { formatAgo } from '#lib/core/words/format.ts';
import { forgetStanding, listStanding } from '#lib/telegram/standing-messages.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import { listThreads, type ThreadRow } from '#lib/threads/list-threads.ts';
import type { Incoming } from '../incoming.ts';
import type { ButtonSpec, TapOn } from '../render/message-spec.ts';
import { runKey } from '../render/render-thread.ts';
import { bold, lines, type Part, paragraphs, rich } from '../render/rich-text.ts';
import { runIcons } from '../render/run-icons.ts';
import { proseLine } from '../render/safe-text.ts';
import { showThread } from './show-thread.ts';
import { targetThread } from './target-thread.ts';

const listed = 8;

export const threads = new Composer<Incoming>();

threads.command('threads', async (incoming) => {
  const rows = await listThreads(incoming.verb, { limit: listed });
  if (rows.length === 0) {
    await incoming.say('No threads yet. Tell me what should be done.');
    return;
  }
  const buttons = rows.map((row): ButtonSpec[] => [
    { label: `${iconOf(row)} ${proseLine(row.title, 50)}`, action: { do: 'open', threadId: row.id } },
  ]);
  await incoming.say(paragraphs(bold('Threads'), ...rows.map((row) => lines(...describeRow(row)))), { buttons });
});

threads.command('status', async (incoming) => {
  const [rows, waiting, current] = await Promise.all([listThreads(incoming.verb), listApprovals(incoming.verb), targetThread(incoming)]);
  const working = rows.filter(({ runStatus }) => runStatus === 'running' || runStatus === 'queued');
  const shown = [
    ...new Map(
      [...rows.filter(({ id }) => waiting.some(({ threadId }) => threadId === id)), ...working].map((row) => [row.id, row]),
    ).values(),
  ].slice(0, listed);
  const head =
    waiting.length + working.length === 0
      ? 'Nothing runs, nothing waits for you.'
      : `${working.length} working, ${waiting.length} waiting for you.`;
  const state = current ? await getThread(incoming.verb, { threadId: current }) : null;
  const point = state && currentCheckpoint(state);
  const here =
    state &&
    lines(
      rich('Here: ', bold(proseLine(state.title, 80))),
      `${state.projectName}${point ? ` · checkpoint #${point.number}` : ''}${state.run ? ` · ${describeAgent(state.run.agent)?.name ?? state.run.agent}, ${state.run.mode}` : ''}`,
    );
  const buttons = shown.map((row): ButtonSpec[] => [
    { label: `${iconOf(row)} ${proseLine(row.title, 50)}`, action: { do: 'open', threadId: row.id } },
  ]);
  await incoming.say(paragraphs(head, ...shown.map((row) => lines(...describeRow(row))), here), { buttons });
});

/** Goes on with a thread in this chat. What shows its state is sent anew, so that it stands at the end. */
export async function openThread(incoming: Incoming, { threadId }: TapOn<'open'>): Promise<void> {
  const state = await getThread(incoming.verb, { threadId });
  await incoming.answerTap(`Now: ${proseLine(state.title, 100)}`);
  const { chatId } = incoming.here;
  const standing = await listStanding(incoming.services, { chatId, threadId });
  const open =
    state.run?.approvals.filter(({ answer, withdrawn }) => !answer && !withdrawn).map(({ approvalId }) => `approval:${approvalId}`) ?? [];
  const again = [state.run ? runKey(state.run.runId) : '', ...open].filter((key) => standing.some((message) => message.key === key));
  for (const message of standing.filter(({ key }) => again.includes(key)))
    await incoming.services.telegram.attempt('deleteMessage', { chat_id: chatId, message_id: message.messageId });
  if (again.length > 0) await forgetStanding(incoming.services, { chatId, keys: again });
  await showThread(incoming, threadId);
}

function iconOf({ runStatus }: ThreadRow): string {
  return runStatus ? runIcons[runStatus] : '·';
}

function describeRow(row: ThreadRow): Part[] {
  const age = formatAgo(Date.parse(row.updatedAt), Date.now());
  return [rich(`${iconOf(row)} `, bold(proseLine(row.title, 80))), `${proseLine(row.lastLine, 100)} · ${row.projectName} · ${age}`];
}
