'use client';

import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { OnceSettled } from '../base/once-settled.tsx';
import { untilLoaded } from '../base/until-loaded.ts';
import { AskProvider, type Subject } from './ask-context.tsx';

const AskSelected = lazy(async () => ({ default: (await untilLoaded(() => import('./ask-selected.tsx'))).AskSelected }));
const AskSheet = lazy(async () => ({ default: (await untilLoaded(() => import('./ask-sheet.tsx'))).AskSheet }));

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
