import type { HistoryEvent } from '#lib/threads/read-history.ts';
import { answersOf } from './conversation.ts';
import { markData } from './mark-data.ts';

const namedFiles = 30;

type Checkpoint = Extract<HistoryEvent, { type: 'checkpoint.created' }>;

/**
 * What became of the files without the model since it spoke last, in any run: edits by hand, parts that a person took back, other agents' work,
 * and going back. What the model remembers of those files is old.
 */
export function treeNews(history: readonly HistoryEvent[]): string[] {
  const answers = answersOf(history);
  const last = answers.at(-1);
  if (!last) return [];
  const runs = new Set(answers.map(({ runId }) => runId));
  const calls = new Set(answers.flatMap(({ data }) => data.calls.map(({ callId }) => callId)));
  const isOwn = ({ runId, data: { kind, callId } }: Checkpoint) => kind === 'step' && runs.has(runId) && (!callId || calls.has(callId));

  const since = history.filter(({ seq }) => seq > last.seq);
  const changes = since.flatMap((event) =>
    event.type === 'checkpoint.created' && event.data.kind !== 'parked' && !isOwn(event) ? [event.data] : [],
  );
  const lines = [
    ...new Set(
      changes.flatMap(({ takesBack, changes: { files } }) =>
        takesBack ? [`${takesBack.path}: a person took back a change`] : files.map(({ path, status }) => `${path}: ${status}`),
      ),
    ),
  ];
  const more = lines.length > namedFiles ? [`and ${lines.length - namedFiles} more`] : [];
  const news: string[] = [];
  if (lines.length > 0)
    news.push(
      `These files changed without you. Read them again before you build on them, and leave as it is what a person changed.\n${markData('changed files', [...lines.slice(0, namedFiles), ...more].join('\n'))}`,
    );
  for (const { takesBack } of changes) if (takesBack?.reason) news.push(`The person says of what they took back: ${takesBack.reason}`);
  for (const event of since)
    if (event.type === 'thread.reverted')
      news.push(
        event.data.scope === 'conversation'
          ? 'The conversation went back, and the files did not: they may hold more than you remember. Look at them before you change them.'
          : 'The files went back to an earlier checkpoint: look at them again before you change them.',
      );
  return news;
}
