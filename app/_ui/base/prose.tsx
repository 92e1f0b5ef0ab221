'use client';

import { type ComponentType, lazy, Suspense, useState } from 'react';
import { untilLoaded } from './until-loaded.ts';

let loaded: ComponentType<{ text: string }> | undefined;

const LazyMarkdown = lazy(async () => ({ default: await loadMarkdown() }));

/** Markdown is loaded apart from the page. Call it once the page stands, so that the next message needs no network for it. */
export async function loadMarkdown(): Promise<ComponentType<{ text: string }>> {
  loaded ??= (await untilLoaded(() => import('./markdown.tsx'))).Markdown;
  return loaded;
}

/** Words of an agent. They stand there as plain text until Markdown is loaded. */
export function Prose({ text }: { text: string }) {
  const [Markdown] = useState(() => loaded ?? LazyMarkdown);
  return (
    <Suspense fallback={<p className="contained whitespace-pre-wrap">{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
}
