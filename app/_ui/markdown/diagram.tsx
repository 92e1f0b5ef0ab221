'use client';

import { Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { drawDiagram } from './draw-diagram.ts';
import { drawWhen } from './draw-when.ts';

const leastScale = 0.6;

/** A Mermaid diagram as a picture: what is in it can run nothing and load nothing. What is not drawn stands there as it is written. */
export function Diagram({ source }: { source: string }) {
  const when = drawWhen(source);
  const [asked, setAsked] = useState<string | null>(null);
  const [picture, setPicture] = useState<string | null>(null);
  const [problem, setProblem] = useState(false);
  const isWanted = when === 'at-once' || (when === 'asked' && asked === source);
  useEffect(() => {
    if (!isWanted) return;
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
  }, [source, isWanted]);
  if (picture) return <Picture src={picture} />;
  return (
    <div className="rounded-lg bg-sunken">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="scrollbar-quiet contained max-h-96 overflow-auto overscroll-contain px-3 py-2 text-[0.8125rem] leading-5"
      >
        <HostileText text={source} />
        {(problem || when === 'never') && <span className="block pt-1 text-ink-soft">This diagram cannot be drawn.</span>}
      </pre>
      {when === 'asked' && !problem && (
        <Button look="quiet" busy={isWanted} onClick={() => setAsked(source)}>
          <Workflow className="size-4" aria-hidden />
          Draw
        </Button>
      )}
    </div>
  );
}

/** As wide as there is room, but never smaller than one can read: then it scrolls. */
function Picture({ src }: { src: string }) {
  const [minWidth, setMinWidth] = useState(0);
  return (
    <figure
      aria-label={minWidth > 0 ? 'Wide diagram' : undefined}
      tabIndex={minWidth > 0 ? 0 : undefined}
      className="scrollbar-quiet overflow-x-auto"
    >
      {/* biome-ignore lint/performance/noImgElement: it was drawn on this device */}
      <img
        src={src}
        alt="Diagram"
        onLoad={({ currentTarget: { naturalWidth, parentElement } }) => {
          const least = naturalWidth * leastScale;
          setMinWidth(least > (parentElement?.clientWidth ?? least) ? least : 0);
        }}
        style={{ minWidth }}
        className="mx-auto max-w-full"
      />
    </figure>
  );
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
