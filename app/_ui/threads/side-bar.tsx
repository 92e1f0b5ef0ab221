'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { startTransition, useEffect, useState } from 'react';
import { AsDrawn } from '../base/as-drawn.tsx';
import { buttonClass } from '../base/button.tsx';
import { Mark } from '../base/mark.tsx';
import { ArchiveLink } from './archive-link.tsx';
import { HouseLinks } from './house-links.tsx';
import { ThreadList } from './thread-list.tsx';
import { useThreads } from './threads-context.tsx';
import { useSearchKey } from './use-search-key.ts';

/** As many as a desktop shows at first; a phone, which shows none of them, has no more in its page. */
const firstRows = 20;
const desktop = '(min-width: 64rem)';

/** The list of threads at the left of every room on a desktop. On a phone it never comes to life. */
export function SideBar() {
  const [isShown] = useState(() => typeof window !== 'undefined' && window.matchMedia(desktop).matches);
  const isSeen = useOnceSeen(desktop);
  useSearchKey();
  return (
    <nav aria-label="Threads" className="hidden h-room w-80 shrink-0 border-line border-r lg:block">
      <AsDrawn isAlive={isShown || isSeen} className="flex h-full flex-col">
        <div className="flex items-center gap-0.5 py-2.5 pr-2 pl-4">
          <Link href="/" className="flex min-h-11 flex-1 items-center gap-2.5 font-semibold">
            <Mark className="size-6" />
            Choir
          </Link>
          <HouseLinks />
        </div>
        <div className="px-4 pb-5">
          <Link href="/" className={`${buttonClass('plain')} w-full`}>
            <Plus className="size-4" aria-hidden />
            New goal
          </Link>
        </div>
        <div className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-1.5 pb-4">
          <Threads isWhole={isSeen} />
          <ArchiveLink />
        </div>
      </AsDrawn>
    </nav>
  );
}

function Threads({ isWhole }: { isWhole: boolean }) {
  const rows = useThreads();
  return <ThreadList rows={isWhole ? rows : rows.slice(0, firstRows)} />;
}

/** Whether the window has been so since the page came to life. */
function useOnceSeen(query: string): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const media = window.matchMedia(query);
    const look = () => {
      if (media.matches) startTransition(() => setIsSeen(true));
    };
    look();
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, [query]);
  return isSeen;
}
