'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { explainFailure, requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { filesHref } from './file-place.ts';
import { fuzzyPaths, type PathMatch } from './fuzzy-paths.ts';

const shown = 60;

/** Any file of the tree by a few letters of its name. */
export function QuickOpen({ threadId, at, onClose }: { threadId: string; at?: string; onClose(): void }) {
  const router = useRouter();
  const { paths, failure } = usePaths(threadId, at);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(query);
  const matches = useMemo(() => fuzzyPaths(paths ?? [], asked, shown), [paths, asked]);
  const listId = useId();
  const chosen = matches[Math.min(active, matches.length - 1)];

  function open(path: string): void {
    onClose();
    router.push(filesHref({ threadId, path, at }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((before) => Math.min(Math.max(before + step, 0), matches.length - 1));
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      open(chosen.path);
    }
  }

  return (
    <Sheet title="Find a file" onClose={onClose}>
      <div className="flex h-[60dvh] flex-col gap-2">
        <input
          // biome-ignore lint/a11y/noAutofocus: this sheet is opened to type into it
          autoFocus
          type="search"
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen ? `${listId}-${matches.indexOf(chosen)}` : undefined}
          aria-label="Name of a file"
          placeholder="A few letters of its name"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="min-h-11 w-full rounded-control border border-line-strong bg-paper px-3"
        />
        {failure && <Notice>{failure}</Notice>}
        {!paths && !failure && <p role="status" aria-label="Reading the names" className="h-4 w-1/2 animate-breathe rounded bg-sunken" />}
        {paths && matches.length === 0 && <p className="px-2 py-3 text-ink-soft text-sm">No file has these letters in its name.</p>}
        <div
          id={listId}
          role="listbox"
          aria-label="Files"
          className="scrollbar-quiet -mx-2 min-h-0 flex-1 overflow-y-auto overscroll-contain"
        >
          {matches.map((match, index) => (
            <div
              key={match.path}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={match === chosen}
              ref={match === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onClick={() => open(match.path)}
              onKeyDown={onKeyDown}
              className="flex min-h-11 cursor-pointer items-center rounded-control px-2 py-1 hover:bg-sunken aria-selected:bg-accent-soft"
            >
              <Match match={match} />
            </div>
          ))}
        </div>
      </div>
    </Sheet>
  );
}

function Match({ match: { path, at } }: { match: PathMatch }) {
  const slash = path.lastIndexOf('/') + 1;
  const hits = new Set(at);
  const letters = (from: number, to: number) =>
    [...path.slice(from, to)].length === to - from
      ? Array.from({ length: to - from }, (_, index) => from + index).map((position) => (
          <span key={position} className={hits.has(position) ? 'font-semibold text-accent' : undefined}>
            <HostileText text={path[position] ?? ''} />
          </span>
        ))
      : [<HostileText key="all" text={path.slice(from, to)} />];
  return (
    <bdi dir="ltr" className="contained min-w-0 flex-1 font-mono text-[0.8125rem] leading-5">
      <span className="block">{letters(slash, path.length)}</span>
      {slash > 0 && <span className="block text-ink-soft text-xs">{letters(0, slash - 1)}</span>}
    </bdi>
  );
}

function usePaths(threadId: string, at: string | undefined): { paths: string[] | null; failure: string | null } {
  const [paths, setPaths] = useState<string[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    const query = at === undefined ? '' : `?${new URLSearchParams({ at })}`;
    requestJson<{ paths: string[] }>(threadPath(threadId, `/files/paths${query}`), { signal: asking.signal }).then(
      (found) => setPaths(found.paths),
      (error: unknown) => {
        if (!asking.signal.aborted) setFailure(explainFailure(error));
      },
    );
    return () => asking.abort();
  }, [threadId, at]);
  return { paths, failure };
}
