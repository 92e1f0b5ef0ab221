'use client';

import { FilePlus, Search } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { Button } from '../base/button.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { ViewBar } from '../thread/view-bar.tsx';
import type { FilePlace } from './file-place.ts';
import { FileTree } from './file-tree.tsx';

const NewFileSheet = lazyPart(async () => (await import('./new-file-sheet.tsx')).NewFileSheet);
const QuickOpen = lazyPart(async () => (await import('./quick-open.tsx')).QuickOpen);

/** `folder`: the one that is shown, or that the file lies in. */
type FilesViewProps = FilePlace & {
  folder: string;
  title: ReactNode;
  about: ReactNode;
  back?: { href: string; label: string };
  children: ReactNode;
};

/** The files of a thread: on a desktop the tree beside what is open, on a phone one folder or file at a time; any file by a few letters. */
export function FilesView({ folder, title, about, back, children, ...place }: FilesViewProps) {
  const { threadId, at } = place;
  const [searching, setSearching] = useState(false);
  const [making, setMaking] = useState(false);

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
        {at === undefined && (
          <Button
            look="quiet"
            onClick={() => setMaking(true)}
            aria-label="New file"
            aria-haspopup="dialog"
            title="New file"
            className="px-3"
          >
            <FilePlus className="size-4" aria-hidden />
          </Button>
        )}
        <Button look="quiet" onClick={() => setSearching(true)} className="px-3">
          <Search className="size-4" aria-hidden />
          <span className="max-sm:sr-only">Find file</span>
        </Button>
      </ViewBar>
      <div className="flex min-h-0 flex-1">
        <aside className="scrollbar-quiet hidden w-64 shrink-0 overflow-y-auto border-line border-r p-2 lg:block">
          <FileTree {...place} />
        </aside>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
      </div>
      <Suspense>
        {searching && <QuickOpen threadId={threadId} at={at} onClose={() => setSearching(false)} />}
        {making && <NewFileSheet threadId={threadId} folder={folder} onClose={() => setMaking(false)} />}
      </Suspense>
    </>
  );
}
