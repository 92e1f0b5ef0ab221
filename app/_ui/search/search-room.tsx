'use client';

import { ArrowLeft, LoaderCircle, Search } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import type { Found } from '#lib/search/search.ts';
import { EmptyState } from '../base/empty-state.tsx';
import { IconLink } from '../base/icon-link.tsx';
import { Notice } from '../base/notice.tsx';
import { countFound } from './count-found.ts';
import { SearchResults } from './search-results.tsx';
import { useSearch } from './use-search.ts';

/** One field over everything: threads, what was said and done in them, files. */
export function SearchRoom({ initialQuery, initialFound }: { initialQuery: string; initialFound: Found | null }) {
  // Who comes back to it is given the page as it was first asked for, and the address as they left it.
  const [query, setQuery] = useState(useSearchParams().get('q') ?? initialQuery);
  const { found, busy, failure } = useSearch(query, { query: initialQuery, found: initialFound });
  const empty = found && found.threads.length + found.events.length + found.files.length === 0;
  return (
    <div className="flex h-room min-w-0 flex-col">
      <header className="border-line border-b bg-paper pt-safe">
        <h1 className="sr-only">Search</h1>
        <div className="relative px-1.5 py-2 lg:px-4">
          <IconLink href="/" label="Back" Icon={ArrowLeft} className="absolute lg:hidden" />
          <search className="mx-auto block max-w-reading pl-12 md:px-2">
            <label className="flex min-h-11 items-center gap-2 rounded-control border border-line-strong bg-raised px-3 focus-within:outline-2 focus-within:outline-accent">
              {busy ? (
                <LoaderCircle className="size-4.5 shrink-0 text-ink-soft motion-safe:animate-spin" aria-hidden />
              ) : (
                <Search className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
              )}
              <span className="sr-only">Search threads, events and files</span>
              <input
                type="search"
                value={query}
                maxLength={200}
                // biome-ignore lint/a11y/noAutofocus: one comes here only to type
                autoFocus
                autoCapitalize="none"
                autoComplete="off"
                enterKeyHint="search"
                placeholder="Threads, events, files"
                onChange={(event) => setQuery(event.target.value)}
                className="min-w-0 flex-1 bg-transparent outline-none"
              />
            </label>
          </search>
        </div>
      </header>
      <div className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="mx-auto max-w-reading px-2 pt-3 pb-safe">
          {failure && <Notice>{failure}</Notice>}
          <p role="status" className="sr-only">
            {found && !busy && countFound(found)}
          </p>
          {found === null && (
            <EmptyState title="Find it again">
              Goals, answers, commands, checkpoints, file names and lines of files: type how a word begins.
            </EmptyState>
          )}
          {empty && !busy && <EmptyState title="Nothing found">Every word must be there, at the beginning of a word.</EmptyState>}
          {found && !empty && <SearchResults found={found} />}
        </div>
      </div>
    </div>
  );
}
