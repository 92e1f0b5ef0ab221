'use client';

import { ChevronRight, File } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import type { FolderEntry } from '#lib/git/objects/list-commit-files.ts';
import { askUntilAnswered } from '../../_live/ask-until-answered.ts';
import { isNotFound, requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { ShortName } from '../base/short-name.tsx';
import { Skeleton } from '../base/skeleton.tsx';
import { useThreadState } from '../thread/thread-context.tsx';
import { ChangedDot } from './changed-dot.tsx';
import { type FilePlace, filesHref } from './file-place.ts';
import { useChangedPaths } from './use-changed-paths.ts';

/** The tree beside a file: folders open in place, and are read when they are opened. */
export function FileTree({ threadId, path, at }: FilePlace) {
  const changed = useChangedPaths();
  return (
    <nav aria-label="Files">
      <Folder threadId={threadId} at={at} folder="" current={path} changed={changed} depth={0} />
    </nav>
  );
}

type FolderProps = { threadId: string; at?: string; folder: string; current: string; changed: ReadonlySet<string>; depth: number };

function Folder({ folder, ...rest }: FolderProps) {
  const { threadId, at, current, changed, depth } = rest;
  const entries = useEntries({ threadId, path: folder, at });
  if (!entries) return <Skeleton label="Opening" />;
  return (
    <ul>
      {entries.map(({ name, kind }) => {
        const path = folder === '' ? name : `${folder}/${name}`;
        if (kind === 'folder') return <FolderRow key={name} name={name} {...rest} folder={path} />;
        return (
          <li key={name}>
            <Link
              href={filesHref({ threadId, path, at })}
              prefetch={false}
              aria-current={path === current ? 'page' : undefined}
              style={{ paddingLeft: `${depth + 0.5}rem` }}
              className="flex min-h-9 items-center gap-1.5 rounded-control pr-2 text-[0.8125rem] text-ink-soft hover:bg-sunken hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-ink"
            >
              <File className="size-3.5 shrink-0" aria-hidden />
              <span className="contained min-w-0 flex-1">
                <ShortName name={name} />
              </span>
              {changed.has(path) && <ChangedDot />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function FolderRow({ name, ...rest }: FolderProps & { name: string }) {
  const { folder, current, changed, depth } = rest;
  const holdsCurrent = current === folder || current.startsWith(`${folder}/`);
  const [open, setOpen] = useState(holdsCurrent);
  const [seen, setSeen] = useState(current);
  if (seen !== current) {
    setSeen(current);
    if (holdsCurrent) setOpen(true);
  }
  const holdsChange = !open && [...changed].some((path) => path.startsWith(`${folder}/`));
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        style={{ paddingLeft: `${depth + 0.5}rem` }}
        className="flex min-h-9 w-full items-center gap-1.5 rounded-control pr-2 text-left text-[0.8125rem] hover:bg-sunken"
      >
        <ChevronRight
          className={`size-3.5 shrink-0 text-line-strong transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
          aria-hidden
        />
        <span className="contained min-w-0 flex-1">
          <ShortName name={name} />
        </span>
        {holdsChange && <ChangedDot />}
      </button>
      {open && <Folder {...rest} depth={depth + 1} />}
    </li>
  );
}

/** What is in a folder, read again as the thread goes on; nothing where there is no such folder any more. */
function useEntries({ threadId, path, at }: FilePlace): FolderEntry[] | null {
  const [entries, setEntries] = useState<FolderEntry[] | null>(null);
  const { currentCheckpointId } = useThreadState();
  const point = at ?? currentCheckpointId ?? 'current';
  useEffect(() => {
    const query = new URLSearchParams({ path, at: point });
    const address = threadPath(threadId, `/files?${query}`);
    const read = (signal: AbortSignal) => requestJson<{ entries: FolderEntry[] }>(address, { signal }).catch(noneWhereGone);
    return askUntilAnswered(read, (found) => setEntries(found.entries));
  }, [threadId, path, point]);
  return entries;
}

function noneWhereGone(error: unknown): { entries: FolderEntry[] } {
  if (isNotFound(error)) return { entries: [] };
  throw error;
}
