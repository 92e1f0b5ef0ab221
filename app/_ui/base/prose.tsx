'use client';

import { lazy, Suspense } from 'react';

const Markdown = lazy(() => import('./markdown.tsx').then((module) => ({ default: module.Markdown })));

/** Words of an agent. They stand there as plain text until Markdown is loaded. */
export function Prose({ text }: { text: string }) {
  return (
    <Suspense fallback={<p className="contained whitespace-pre-wrap">{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
}
