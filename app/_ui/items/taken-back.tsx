'use client';

import { ChevronRight } from 'lucide-react';
import type { Item } from '#lib/core/state.ts';
import { useUnfolded } from '../base/use-unfolded.ts';
import { ItemView } from './item-renderers.tsx';

/** What a revert took out of the conversation: still there to read, no longer part of it. */
export function TakenBack({ items, unfold = false }: { items: Item[]; unfold?: boolean }) {
  const [open, setOpen] = useUnfolded(`taken-${items[0]?.key}`, unfold);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="-mx-2 flex min-h-11 items-center gap-2.5 rounded-lg px-2 text-ink-soft text-sm hover:bg-sunken">
        <ChevronRight className="size-4 shrink-0 transition-transform duration-100 group-open:rotate-90" aria-hidden />
        {items.length === 1 ? '1 entry was taken back' : `${items.length} entries were taken back`}
      </summary>
      {open && (
        <div className="space-y-3 border-line border-l-2 border-dashed pl-4 opacity-70">
          {items.map((item) => (
            <ItemView key={item.key} item={item} />
          ))}
        </div>
      )}
    </details>
  );
}
