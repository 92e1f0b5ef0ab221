'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '../base/button.tsx';
import { Mark } from '../base/mark.tsx';
import { ArchiveLink } from './archive-link.tsx';
import { ArchivedNote } from './archived-note.tsx';
import { HouseLinks } from './house-links.tsx';
import { ThreadList } from './thread-list.tsx';
import { useThreads } from './threads-context.tsx';

/** As many as a desktop shows at first; a phone, which shows none of them, has no more in its page. */
const firstRows = 20;

export function SideBarInside() {
  const rows = useThreads();
  return (
    <>
      <div className="flex items-center gap-0.5 py-2.5 pr-2 pl-4">
        <Link href="/" prefetch={false} className="flex min-h-11 flex-1 items-center gap-2.5 font-semibold">
          <Mark className="size-6" />
          Choir
        </Link>
        <HouseLinks />
      </div>
      <div className="px-4 pb-5">
        <Link href="/" prefetch={false} className={`${buttonClass('plain')} w-full`}>
          <Plus className="size-4" aria-hidden />
          New goal
        </Link>
      </div>
      <div className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-1.5 pb-4">
        <ThreadList rows={typeof window === 'undefined' ? rows.slice(0, firstRows) : rows} />
        <ArchiveLink />
      </div>
      <div className="px-4">
        <ArchivedNote />
      </div>
    </>
  );
}
