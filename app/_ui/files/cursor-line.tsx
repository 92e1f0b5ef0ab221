'use client';

import { MessageSquareQuote } from 'lucide-react';
import Link from 'next/link';
import type { LineChange } from '#lib/files/read-line-changes.ts';
import { useAsk } from '../ask/ask-context.tsx';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { useThreadActions } from '../thread/thread-context.tsx';
import type { EditorPlace } from './code-editor.tsx';

type CursorLineProps = { place: EditorPlace; change: LineChange | null; path: string; checkpoint: number | null };

/** Where one is in a file: the line, what changed it, and the way to ask about what is selected. */
export function CursorLine({ place: { line, from, to, quote }, change, path, checkpoint }: CursorLineProps) {
  const { threadId } = useThreadActions();
  const ask = useAsk();
  return (
    <div
      role="status"
      className="flex min-h-11 items-center gap-2 border-line border-t bg-paper px-3 pb-[env(safe-area-inset-bottom)] text-ink-soft text-xs"
    >
      <p className="contained min-w-0 flex-1 truncate">
        <span className="tabular">{from === to ? `Line ${line}` : `Lines ${from}–${to}`}</span>
        {change && (
          <>
            {' · '}
            <Link
              href={`/threads/${threadId}/changes?to=${change.checkpointId}`}
              prefetch={false}
              className="inline-flex min-h-11 items-center gap-1 text-accent underline underline-offset-2"
            >
              #{change.number} <HostileText text={change.label} />
            </Link>
          </>
        )}
      </p>
      {quote !== '' && (
        <Button
          look="quiet"
          className="px-2 text-accent"
          onClick={() => ask({ place: { path, from, to, side: 'new', checkpoint }, quote })}
        >
          <MessageSquareQuote className="size-4" aria-hidden />
          Ask about this
        </Button>
      )}
    </div>
  );
}
