'use client';

import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { threadViews } from './thread-views.ts';

/** The views of a thread, side by side; the one that is looked at is in sight. */
export function ThreadTabs({ threadId }: { threadId: string }) {
  const here = useSelectedLayoutSegment() ?? '';
  const current = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ref points at another tab when `here` changes
  useEffect(() => void current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [here]);
  return (
    <nav aria-label="Views of this thread" className="overflow-x-auto px-2 [scrollbar-width:none] lg:px-4">
      <ul className="flex">
        {threadViews.map(({ path, title, Icon }) => (
          <li key={path}>
            <Link
              ref={path === here ? current : undefined}
              href={path === '' ? `/threads/${threadId}` : `/threads/${threadId}/${path}`}
              prefetch={false}
              aria-current={path === here ? 'page' : undefined}
              className="inline-flex min-h-11 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2.5 text-ink-soft text-sm hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              <Icon className="size-4" aria-hidden />
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
