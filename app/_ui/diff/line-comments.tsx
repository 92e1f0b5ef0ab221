import { MessageSquare } from 'lucide-react';
import { HostileText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import type { PlacedComment } from './place-comments.ts';

/** What was said about a line, below it. */
export function LineComments({ comments }: { comments: readonly PlacedComment[] }) {
  return (
    <ul aria-label="Comments" className="divide-y divide-line border-line border-y bg-raised">
      {comments.map(({ seq, at, words }) => (
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
  );
}
