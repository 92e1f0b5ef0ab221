'use client';

import { MessageSquareQuote } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';
import type { Subject } from './ask-context.tsx';
import { readSelection } from './read-selection.ts';

const settleMs = 250;

/** The button that stands while something in `box` is selected. It comes once the page stands, and brings the sheet along: whoever loses the network can ask. */
export function AskSelected({ box, onAsk }: { box: RefObject<HTMLElement | null>; onAsk(subject: Subject): void }) {
  const [selected, setSelected] = useState<Subject | null>(null);

  useEffect(() => void untilLoaded(() => import('./ask-sheet.tsx')), []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const read = () => setSelected(box.current && readSelection(document.getSelection(), box.current));
    const onSelection = () => {
      clearTimeout(timer);
      timer = setTimeout(read, settleMs);
    };
    // What was selected before this came.
    onSelection();
    document.addEventListener('selectionchange', onSelection);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', onSelection);
    };
  }, [box]);

  if (!selected) return null;
  return (
    <button
      type="button"
      // The press must not take the selection away before it is read.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onAsk(selected)}
      className="-translate-x-1/2 fixed bottom-24 left-1/2 z-30 inline-flex min-h-11 animate-rise items-center gap-2 whitespace-nowrap rounded-full bg-accent px-4 font-medium text-accent-ink text-sm shadow-lg"
    >
      <MessageSquareQuote className="size-4" aria-hidden />
      Ask about this
    </button>
  );
}
