'use client';

import { ChevronRight, Layers } from 'lucide-react';
import { hasFailed } from '#lib/core/words/describe-call.ts';
import { LineCounts } from '../base/change-counts.tsx';
import { useUnfolded } from '../base/use-unfolded.ts';
import type { WorkItem } from '../conversation/group-items.ts';
import { ItemView } from './item-renderers.tsx';
import { summarizeWork } from './summarize-work.ts';

/** A stretch of finished calls as one line that folds open. */
export function WorkGroup({ items, unfold = false }: { items: WorkItem[]; unfold?: boolean }) {
  const [open, setOpen] = useUnfolded(`work-${items[0]?.key}`, unfold);
  const calls = items.filter((item) => item.kind === 'call');
  const failed = calls.filter(({ result }) => result && hasFailed(result)).length;
  const changes = items.flatMap((item) => (item.kind === 'checkpoint' ? [item.checkpoint.changes] : []));
  const sum = (pick: 'additions' | 'deletions') => changes.reduce((total, change) => total + change[pick], 0);
  return (
    <div>
      <button
        type="button"
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        className="-mx-2 flex min-h-11 w-[calc(100%+1rem)] items-center gap-2.5 rounded-lg px-2 text-left text-ink-soft text-sm hover:bg-sunken"
      >
        <Layers className="size-4 shrink-0" aria-hidden />
        <span className="min-w-0 flex-1">
          {calls.length} actions
          <span className="text-xs"> · {summarizeWork(calls.map(({ call }) => call.tool))}</span>
          {failed > 0 && <span className="text-bad"> · {failed} not successful</span>}
        </span>
        {changes.length > 0 && <LineCounts additions={sum('additions')} deletions={sum('deletions')} />}
        <ChevronRight
          className={`size-4 shrink-0 text-line-strong transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
          aria-hidden
        />
      </button>
      {open && (
        <div className="animate-rise border-line border-l pl-4">
          {items.map((item) => (
            <ItemView key={item.key} item={item} />
          ))}
        </div>
      )}
    </div>
  );
}
