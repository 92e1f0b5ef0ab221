'use client';

import { ChevronRight, File, Folder } from 'lucide-react';
import Link from 'next/link';
import { formatBytes } from '#lib/core/words/format.ts';
import type { FolderEntry } from '#lib/git/objects/list-commit-files.ts';
import { EmptyState } from '../base/empty-state.tsx';
import { ShortName } from '../base/short-name.tsx';
import { ChangedDot } from './changed-dot.tsx';
import { type FilePlace, filesHref } from './file-place.ts';
import { useChangedPaths } from './use-changed-paths.ts';
import { useFreshPage } from './use-fresh-page.ts';

/** `shown`: the checkpoint that it is of, where it is to go on with the thread. */
type FolderViewProps = FilePlace & { entries: FolderEntry[]; shown: string | null };

export function FolderView({ entries, shown, ...place }: FolderViewProps) {
  const changed = useChangedPaths();
  useFreshPage(shown);
  const pathOf = (name: string) => (place.path === '' ? name : `${place.path}/${name}`);
  if (entries.length === 0) return <EmptyState title="This folder is empty" />;
  return (
    <ul className="divide-y divide-line px-2 sm:px-4">
      {entries.map(({ name, kind, bytes }) => (
        <li key={name}>
          <Link
            href={filesHref({ ...place, path: pathOf(name) })}
            prefetch={false}
            className="flex min-h-12 items-center gap-3 rounded-lg px-2 py-2 hover:bg-sunken"
          >
            {kind === 'folder' ? (
              <Folder className="size-4.5 shrink-0 text-accent" aria-hidden />
            ) : (
              <File className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
            )}
            <span className="contained min-w-0 flex-1 text-sm">
              <ShortName name={name} />
            </span>
            {(changed.has(pathOf(name)) || (kind === 'folder' && [...changed].some((path) => path.startsWith(`${pathOf(name)}/`)))) && (
              <ChangedDot />
            )}
            <span className="tabular shrink-0 text-ink-soft text-xs">
              {kind === 'file' ? formatBytes(bytes) : kind === 'folder' ? '' : kind}
            </span>
            {kind === 'folder' && <ChevronRight className="size-4 shrink-0 text-line-strong" aria-hidden />}
          </Link>
        </li>
      ))}
    </ul>
  );
}
