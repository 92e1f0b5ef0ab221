'use client';

import { useState } from 'react';
import type { ReviewFile } from '#lib/review/review-changes.ts';
import { Segments } from '../base/segments.tsx';
import { rawHref } from '../files/file-place.ts';
import type { ReviewRange } from './review-range.ts';

type Way = 'beside' | 'over';

const ways: readonly { value: Way; label: string }[] = [
  { value: 'beside', label: 'Side by side' },
  { value: 'over', label: 'Overlay' },
];

/** A picture before and after: beside each other, or one over the other with a slider between them. */
export function ImageChange({ file, range }: { file: ReviewFile; range: ReviewRange }) {
  const [way, setWay] = useState<Way>('beside');
  const [share, setShare] = useState(50);
  const { threadId } = range;
  const before = file.status === 'added' ? null : rawHref({ threadId, path: file.oldPath ?? file.path, at: range.from });
  const after = file.status === 'deleted' ? null : rawHref({ threadId, path: file.path, at: range.to });
  if (!before || !after || way === 'beside') {
    return (
      <div className="space-y-2 p-3">
        {before && after && (
          <Segments legend="How to compare" name={`way-${file.path}`} value={way} options={ways} onChange={(chosen) => setWay(chosen)} />
        )}
        <div className={`grid gap-3 ${before && after ? 'grid-cols-2' : ''}`}>
          {before && <Picture src={before} name="Before" />}
          {after && <Picture src={after} name="After" />}
        </div>
      </div>
    );
  }
  return (
    <div className="space-y-2 p-3">
      <Segments legend="How to compare" name={`way-${file.path}`} value={way} options={ways} onChange={(chosen) => setWay(chosen)} />
      <div className="relative mx-auto w-fit bg-sunken">
        {/* biome-ignore lint/performance/noImgElement: the bytes are an agent's; no optimizer opens them */}
        <img src={before} alt="Before" className="max-h-[60dvh] max-w-full" />
        {/* biome-ignore lint/performance/noImgElement: as above */}
        <img src={after} alt="After" style={{ clipPath: `inset(0 0 0 ${share}%)` }} className="absolute inset-0 size-full object-contain" />
      </div>
      <label className="flex min-h-11 items-center gap-3 text-ink-soft text-xs">
        Before
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label="Where the old picture ends and the new one begins"
          onChange={(event) => setShare(Number(event.target.value))}
          className="h-11 flex-1 accent-accent"
        />
        After
      </label>
    </div>
  );
}

function Picture({ src, name }: { src: string; name: string }) {
  return (
    <figure className="min-w-0">
      {/* biome-ignore lint/performance/noImgElement: the bytes are an agent's; no optimizer opens them */}
      <img src={src} alt={name} loading="lazy" className="mx-auto max-h-[60dvh] max-w-full bg-sunken object-contain" />
      <figcaption className="pt-1 text-center text-ink-soft text-xs">{name}</figcaption>
    </figure>
  );
}
