'use client';

import { type ComponentType, lazy, Suspense, startTransition, useEffect, useState, useSyncExternalStore } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';

let loaded: ComponentType<{ text: string }> | undefined;

const LazyMarkdown = lazy(async () => ({ default: await loadMarkdown() }));
const nothing = { __html: '' };

/** Markdown is loaded apart from the page. Call it once the page stands, so that the next message needs no network for it. */
export async function loadMarkdown(): Promise<ComponentType<{ text: string }>> {
  loaded ??= (await untilLoaded(() => import('./markdown.tsx'))).Markdown;
  return loaded;
}

/** Words of an agent. Until Markdown is loaded those that the server drew stay as it drew them, and new ones stand there as plain text. */
export function Prose({ text }: { text: string }) {
  const isFirst = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const [drawn, setDrawn] = useState(isFirst ? text : null);
  const [Markdown] = useState(() => loaded ?? LazyMarkdown);
  useEffect(() => {
    if (drawn !== null) void loadMarkdown().then(() => startTransition(() => setDrawn(null)));
  }, [drawn]);

  const words = (
    <Suspense fallback={<p className="contained whitespace-pre-wrap">{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
  if (drawn !== text) return words;
  if (typeof window === 'undefined') return <div>{words}</div>;
  // A Suspense boundary falls back to its plain text when anything changes above it before it is hydrated. This is an element whose inside React
  // leaves to the server: the HTML is never set here.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is empty
  return <div suppressHydrationWarning dangerouslySetInnerHTML={nothing} />;
}

function never(): () => void {
  return () => {};
}
