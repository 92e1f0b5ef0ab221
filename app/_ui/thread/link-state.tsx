'use client';

import type { Link } from '../../_live/wire/link.ts';
import { Clock } from '../base/moment.tsx';

const looks: Record<Link['phase'], { dot: string; words: string }> = {
  connecting: { dot: 'animate-breathe bg-line-strong', words: 'Connecting' },
  'catching-up': { dot: 'animate-breathe bg-warn', words: 'Catching up' },
  live: { dot: 'bg-good', words: 'Live' },
  offline: { dot: 'border-2 border-bad', words: 'Offline' },
  gone: { dot: 'border-2 border-bad', words: 'Deleted' },
};

export function LinkState({ link }: { link: Link }) {
  const { dot, words } = looks[link.phase];
  return (
    <span role="status" className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-soft text-xs">
      <span className={`size-2 rounded-full ${dot}`} aria-hidden />
      <span>
        {words}
        {link.phase === 'offline' && link.asOf && (
          <>
            , as of <Clock at={link.asOf} />
          </>
        )}
      </span>
    </span>
  );
}
