'use client';

import { useEffect, useState } from 'react';
import { HostileText } from '../base/hostile-text.tsx';
import { drawDiagram } from './draw-diagram.ts';

/** A Mermaid diagram as a picture: what is in it can run nothing and load nothing. What cannot be drawn stands there as it is written. */
export function Diagram({ source }: { source: string }) {
  const [picture, setPicture] = useState<string | null>(null);
  const [problem, setProblem] = useState(false);
  useEffect(() => {
    let over = false;
    let made: string | null = null;
    drawDiagram(source, isDark()).then(
      (svg) => {
        if (over) return;
        made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
        setPicture(made);
      },
      () => over || setProblem(true),
    );
    return () => {
      over = true;
      setPicture(null);
      setProblem(false);
      if (made) URL.revokeObjectURL(made);
    };
  }, [source]);
  if (picture)
    // biome-ignore lint/performance/noImgElement: it was drawn on this device
    return <img src={picture} alt="Diagram" className="mx-auto max-w-full" />;
  return (
    <pre className="contained overflow-x-auto rounded-lg bg-sunken px-3 py-2 text-[0.8125rem] leading-5">
      <HostileText text={source} />
      {problem && <span className="block pt-1 text-ink-soft">This diagram cannot be drawn.</span>}
    </pre>
  );
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
