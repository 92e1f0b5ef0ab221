'use client';

import { Info, TriangleAlert } from 'lucide-react';
import { HostileText, SentenceWithCode } from '../base/hostile-text.tsx';
import { useUnfolded } from '../base/use-unfolded.ts';
import type { ItemProps } from './item-renderers.tsx';

/** Something that happened to the run, on one quiet line; what stands behind it unfolds. */
export function NoticeRow({ item: { key, tone, text, details } }: ItemProps<'notice'>) {
  const [open, setOpen] = useUnfolded(key);
  const Icon = tone === 'warn' ? TriangleAlert : Info;
  const line = (
    <span className="flex min-w-0 items-start gap-2.5">
      <Icon className={`mt-0.5 size-4 shrink-0 ${tone === 'warn' ? 'text-warn' : ''}`} aria-hidden />
      <span className="contained">
        <SentenceWithCode text={text} />
      </span>
    </span>
  );
  const shown = details.filter((detail) => detail !== '');
  if (shown.length === 0) return <p className="py-1.5 text-ink-soft text-sm">{line}</p>;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="text-ink-soft text-sm">
      <summary className="flex min-h-11 items-center">{line}</summary>
      <ul className="ml-6.5 space-y-1 pb-2">
        {shown.map((detail) => (
          <li key={detail} className="contained whitespace-pre-wrap">
            <HostileText text={detail} />
          </li>
        ))}
      </ul>
    </details>
  );
}
