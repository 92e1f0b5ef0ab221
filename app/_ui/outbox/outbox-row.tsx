'use client';

import { CircleAlert, Clock3, RotateCw, Undo2 } from 'lucide-react';
import { ownWords } from '#lib/core/comment.ts';
import type { OutboxEntry } from '../../_live/outbox/entry.ts';
import { iconButtonClass } from '../base/button.tsx';
import { useAction } from '../base/use-action.ts';

type OutboxRowProps = { entry: OutboxEntry; onRetry(): Promise<void>; onTakeBack?(): Promise<void> };

/** One thing on its way: its words, how it stands, and the way back to the field. */
export function OutboxRow({ entry: { words, state, why }, onRetry, onTakeBack }: OutboxRowProps) {
  const { busy, act } = useAction();
  const refused = state === 'refused';
  const Icon = refused ? CircleAlert : Clock3;
  return (
    <div
      className={`flex items-center gap-2.5 rounded-control border bg-raised py-0.5 pr-0.5 pl-3 ${refused ? 'border-bad/40' : 'border-line border-dashed'}`}
    >
      <Icon className={`size-4 shrink-0 ${refused ? 'text-bad' : 'text-ink-soft'}`} aria-hidden />
      <div className="contained min-w-0 flex-1 py-1.5 text-sm">
        <p className="truncate">{ownWords(words)}</p>
        <p role="status" className={`text-xs ${refused ? 'text-bad' : 'text-ink-soft'}`}>
          {refused ? `Not taken: ${why}` : 'Waiting to be sent'}
        </p>
      </div>
      {refused && (
        <button
          type="button"
          disabled={busy}
          onClick={() => act(onRetry)}
          aria-label="Send it again"
          title="Send it again"
          className={iconButtonClass}
        >
          <RotateCw className="size-4" aria-hidden />
        </button>
      )}
      {onTakeBack && (
        <button
          type="button"
          disabled={busy}
          onClick={() => act(onTakeBack)}
          aria-label="Take the words back"
          title="Take the words back"
          className={iconButtonClass}
        >
          <Undo2 className="size-4" aria-hidden />
        </button>
      )}
    </div>
  );
}
