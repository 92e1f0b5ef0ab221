'use client';

import { Workflow } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { isDark, watchTheme } from '../theme.ts';
import { drawDiagram } from './draw-diagram.ts';
import { drawWhen } from './draw-when.ts';

const leastScale = 0.6;

/** A Mermaid diagram as a picture: what is in it can run nothing and load nothing. What is not drawn stands there as it is written. */
export function Diagram({ source }: { source: string }) {
  const when = drawWhen(source);
  const [asked, setAsked] = useState<string | null>(null);
  const [picture, setPicture] = useState<{ source: string; src: string } | null>(null);
  const [problem, setProblem] = useState(false);
  const dark = useSyncExternalStore<boolean | null>(watchTheme, isDark, () => null);
  const isWanted = when === 'at-once' || (when === 'asked' && asked === source);
  useEffect(() => {
    if (!isWanted || dark === null) return;
    let over = false;
    drawDiagram(source, dark).then(
      (svg) => over || setPicture({ source, src: URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })) }),
      () => over || setProblem(true),
    );
    return () => {
      over = true;
      setProblem(false);
    };
  }, [source, isWanted, dark]);
  useEffect(() => {
    if (picture) return () => URL.revokeObjectURL(picture.src);
  }, [picture]);
  if (picture?.source === source) return <Picture src={picture.src} />;
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
