'use client';

import { startTransition, useEffect, useState } from 'react';
import { AsDrawn } from '../base/as-drawn.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { untilLoaded } from '../base/until-loaded.ts';
import { useSearchKey } from './use-search-key.ts';

function loadInside() {
  return untilLoaded(() => import('./side-bar-inside.tsx'));
}

const SideBarInside = lazyPart(async () => (await loadInside()).SideBarInside);

/** The list of threads at the left of every room on a desktop. A phone does not even load what is in it. */
export function SideBar() {
  const isAlive = useOnceSeen('(min-width: 64rem)');
  useSearchKey();
  return (
    <nav aria-label="Threads" className="hidden h-room w-80 shrink-0 border-line border-r lg:block">
      <AsDrawn isAlive={isAlive} className="flex h-full flex-col">
        <SideBarInside />
      </AsDrawn>
    </nav>
  );
}

/** Whether the window has been so since the page came to life, and what it shows then is loaded. */
function useOnceSeen(query: string): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const media = window.matchMedia(query);
    const look = () => {
      if (media.matches) void loadInside().then(() => startTransition(() => setIsSeen(true)));
    };
    look();
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, [query]);
  return isSeen;
}
