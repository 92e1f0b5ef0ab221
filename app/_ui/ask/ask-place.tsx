'use client';

import { type ReactNode, Suspense, useRef, useState } from 'react';
import { lazyPart } from '../base/lazy-part.ts';
import { OnceSettled } from '../base/once-settled.tsx';
import { AskProvider, type Subject } from './ask-context.tsx';

const AskSelected = lazyPart(async () => (await import('./ask-selected.tsx')).AskSelected);
const AskSheet = lazyPart(async () => (await import('./ask-sheet.tsx')).AskSheet);

/** Whatever is selected in a thread, in what was said or in a diff, can be asked about. */
export function AskPlace({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [subject, setSubject] = useState<Subject | null>(null);
  return (
    <AskProvider value={setSubject}>
      <div ref={box} className="flex min-h-0 flex-1 flex-col">
        {children}
      </div>
      <Suspense>{subject && <AskSheet subject={subject} onClose={() => setSubject(null)} />}</Suspense>
      <OnceSettled>{!subject && <AskSelected box={box} onAsk={setSubject} />}</OnceSettled>
    </AskProvider>
  );
}
