'use client';

import { MessageSquareQuote } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';
import { AskProvider, type Subject } from './ask-context.tsx';

const AskSheet = lazy(async () => ({ default: (await untilLoaded(() => import('./ask-sheet.tsx'))).AskSheet }));

const settleMs = 250;

/** Whatever is selected in a thread, in what was said or in a diff, can be asked about. */
export function AskPlace({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<Subject | null>(null);
  const [subject, setSubject] = useState<Subject | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const read = async () => {
      if (document.getSelection()?.isCollapsed !== false) return setSelected(null);
      const { readSelection } = await untilLoaded(() => import('./read-selection.ts'));
      if (!gone) setSelected(box.current && readSelection(document.getSelection(), box.current));
    };
    const onSelection = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void read(), settleMs);
    };
    document.addEventListener('selectionchange', onSelection);
    return () => {
      gone = true;
      clearTimeout(timer);
      document.removeEventListener('selectionchange', onSelection);
    };
  }, []);

  return (
    <AskProvider value={setSubject}>
      <div ref={box} className="flex min-h-0 flex-1 flex-col">
        {children}
      </div>
      {selected && !subject && (
        <button
          type="button"
          // The press must not take the selection away before it is read.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            setSubject(selected);
            setSelected(null);
          }}
          className="-translate-x-1/2 fixed bottom-24 left-1/2 z-30 inline-flex min-h-11 animate-rise items-center gap-2 whitespace-nowrap rounded-full bg-accent px-4 font-medium text-accent-ink text-sm shadow-lg"
        >
          <MessageSquareQuote className="size-4" aria-hidden />
          Ask about this
        </button>
      )}
      <Suspense>{subject && <AskSheet subject={subject} onClose={() => setSubject(null)} />}</Suspense>
    </AskProvider>
  );
}
