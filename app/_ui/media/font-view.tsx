'use client';

import { useEffect, useId, useState } from 'react';
import { EmptyState } from '../base/empty-state.tsx';
import type { MediaFile } from './media-file.ts';
import { MediaWait } from './media-wait.tsx';

const sizes = [14, 18, 24, 36, 56];
const start = 'The quick brown fox jumps over the lazy dog. 0123456789 àéîõü ß æ ø';

/** A font as one reads it: one's own words in several sizes. */
export function FontView({ file }: { file: MediaFile }) {
  const family = `choir-${useId().replaceAll(/\W/g, '')}`;
  const [state, setState] = useState<'loading' | 'ready' | 'broken'>('loading');
  const [text, setText] = useState(start);
  useEffect(() => {
    const face = new FontFace(family, `url(${JSON.stringify(file.href)})`);
    document.fonts.add(face);
    face.load().then(
      () => setState('ready'),
      () => setState('broken'),
    );
    return () => {
      document.fonts.delete(face);
    };
  }, [family, file.href]);
  if (state === 'broken') return <EmptyState title="This is not a font that a browser can read" />;
  if (state === 'loading') return <MediaWait />;
  return (
    <div className="space-y-4 px-4 py-4">
      <label className="block space-y-1 text-ink-soft text-sm">
        Text
        <input
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
          className="min-h-11 w-full rounded-control border border-line-strong bg-paper px-3 text-ink"
        />
      </label>
      {sizes.map((size) => (
        <p key={size} className="contained" style={{ fontFamily: family, fontSize: size, lineHeight: 1.3 }}>
          {text}
        </p>
      ))}
    </div>
  );
}
