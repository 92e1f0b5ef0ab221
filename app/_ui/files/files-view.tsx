'use client';

import { Search } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Button } from '../base/button.tsx';
import { untilLoaded } from '../base/until-loaded.ts';
import { ViewBar } from '../thread/view-bar.tsx';
import type { FilePlace } from './file-place.ts';
import { FileTree } from './file-tree.tsx';

const QuickOpen = lazy(async () => ({ default: (await untilLoaded(() => import('./quick-open.tsx'))).QuickOpen }));

type FilesViewProps = FilePlace & { title: ReactNode; about: string; back?: { href: string; label: string }; children: ReactNode };

/** The files of a thread: on a desktop the tree beside what is open, on a phone one folder or file at a time; any file by a few letters. */
export function FilesView({ title, about, back, children, ...place }: FilesViewProps) {
  const { threadId, at } = place;
  const [searching, setSearching] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setSearching(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <ViewBar title={title} about={about} back={back}>
        <Button look="quiet" onClick={() => setSearching(true)} className="px-3">
          <Search className="size-4" aria-hidden />
          Open
        </Button>
      </ViewBar>
      <div className="flex min-h-0 flex-1">
        <aside className="scrollbar-quiet hidden w-64 shrink-0 overflow-y-auto border-line border-r p-2 lg:block">
          <FileTree {...place} />
        </aside>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
      </div>
      <Suspense>{searching && <QuickOpen threadId={threadId} at={at} onClose={() => setSearching(false)} />}</Suspense>
    </>
  );
}
