import { ChevronRight, File, Folder } from 'lucide-react';
import Link from 'next/link';
import { formatBytes } from '#lib/core/format.ts';
import { EmptyState } from '../base/empty-state.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import type { FilePlace } from './file-place.ts';
import { filesHref } from './file-place.ts';

type Entry = { name: string; kind: 'file' | 'symlink' | 'folder' | 'submodule'; bytes: number };

export function FolderView({ entries, ...place }: FilePlace & { entries: Entry[] }) {
  if (entries.length === 0) return <EmptyState title="This folder is empty" />;
  return (
    <ul className="divide-y divide-line px-2 sm:px-4">
      {entries.map(({ name, kind, bytes }) => (
        <li key={name}>
          <Link
            href={filesHref({ ...place, path: place.path === '' ? name : `${place.path}/${name}` })}
            prefetch={false}
            className="flex min-h-12 items-center gap-3 rounded-lg px-2 py-2 hover:bg-sunken"
          >
            {kind === 'folder' ? (
              <Folder className="size-4.5 shrink-0 text-accent" aria-hidden />
            ) : (
              <File className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
            )}
            <bdi className="contained min-w-0 flex-1 text-sm">
              <HostileText text={name} />
            </bdi>
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
