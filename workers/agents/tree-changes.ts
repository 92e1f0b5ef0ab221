import type { LedgerEvent } from '#lib/core/event.ts';
import { markData } from './model/context/mark-data.ts';

const namedFiles = 30;

type Checkpoint = Extract<LedgerEvent, { type: 'checkpoint.created' }>;

/**
 * What became of the files without an agent, from all that happened `since` it spoke last, as it is told of it: edits by hand, parts that a person took back,
 * other agents' work, and going back. What it remembers of those files is old.
 */
export function treeChanges(since: readonly LedgerEvent[], isOwn: (checkpoint: Checkpoint) => boolean): string[] {
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
