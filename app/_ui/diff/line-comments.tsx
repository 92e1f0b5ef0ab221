import { MessageSquare } from 'lucide-react';
import { useOutbox } from '../../_live/outbox/use-outbox.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { OutboxRow } from '../outbox/outbox-row.tsx';
import type { PlacedComment } from './place-comments.ts';

type LineCommentsProps = {
  comments: readonly PlacedComment[];
  /** Gets a comment whose words come back; without it they stay on their way. */
  onTakeBack?(comment: PlacedComment): void;
};

/** What was said about a line, below it, and what is still on its way. */
export function LineComments({ comments, onTakeBack }: LineCommentsProps) {
  const { outbox } = useOutbox();
  const said = comments.filter(({ entry }) => !entry);
  const waiting = comments.filter(({ entry }) => entry);
  return (
    <>
      {said.length > 0 && (
        <ul aria-label="Comments" className="divide-y divide-line border-line border-y bg-raised">
          {said.map(({ seq, at, words }) => (
            <li key={seq} className="flex gap-2.5 px-3 py-2.5 text-sm">
              <MessageSquare className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
              <p className="contained min-w-0 flex-1 whitespace-pre-wrap">
                <HostileText text={words} />
              </p>
              <span className="shrink-0 text-ink-soft text-xs">
                <Ago at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {outbox && waiting.length > 0 && (
        <ul aria-label="On the way" className="space-y-1.5 border-line border-y bg-raised p-1.5">
          {waiting.map((comment) => {
            const { entry } = comment;
            if (!entry) return null;
            const takeBack = async () => {
              await outbox.discard(entry);
              onTakeBack?.(comment);
            };
            return (
              <li key={entry.order}>
                <OutboxRow entry={entry} onRetry={() => outbox.retry(entry)} onTakeBack={onTakeBack && takeBack} />
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
