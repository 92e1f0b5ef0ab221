'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ComponentProps, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { useThreadState } from '../thread/thread-context.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterSheet } from './filter-sheet.tsx';
import { filterQuery, type TimelineFilter } from './timeline-filter.ts';
import { TimelineList } from './timeline-list.tsx';

const settleMs = 300;

type TimelineViewProps = Pick<ComponentProps<typeof TimelineList>, 'index' | 'first' | 'at' | 'runs'> & {
  filter: TimelineFilter;
  agents: string[];
};

/** The ledger of a thread, and what it is narrowed to: by words a moment after they stand, by anything else at once. */
export function TimelineView({ filter, agents, ...shown }: TimelineViewProps) {
  const { checkpoints } = useThreadState();
  const [words, setWords] = useState(filter.text ?? '');
  const [sheet, setSheet] = useState<'filter' | 'jump' | null>(null);
  const [isBusy, startNavigation] = useTransition();
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const router = useRouter();
  const path = usePathname();
  const query = filterQuery(filter);
  const files = useMemo(() => filesOf(checkpoints), [checkpoints]);
  useEffect(() => () => clearTimeout(settling.current), []);

  function show(next: TimelineFilter): void {
    clearTimeout(settling.current);
    const asked = filterQuery(next);
    startNavigation(() => router.replace(asked === '' ? path : `${path}?${asked}`));
  }

  /** What is typed and not looked for yet stays, unless it is the words that change. */
  function narrow(next: TimelineFilter): void {
    const isTyped = next.text === filter.text;
    if (!isTyped) setWords(next.text ?? '');
    show(isTyped ? { ...next, text: words.trim() || undefined } : next);
  }

  const search = (text: string) => show({ ...filter, text: text.trim() || undefined });
  function type(text: string): void {
    setWords(text);
    clearTimeout(settling.current);
    settling.current = setTimeout(() => search(text), settleMs);
  }

  return (
    <>
      <FilterBar
        filter={filter}
        words={words}
        isBusy={isBusy}
        onType={type}
        onSearch={() => search(words)}
        onApply={narrow}
        onFilter={() => setSheet('filter')}
        onJump={() => setSheet('jump')}
      />
      <TimelineList
        key={`${query}&at=${shown.at}`}
        {...shown}
        query={query}
        isBusy={isBusy}
        isJumping={sheet === 'jump'}
        onJumped={() => setSheet(null)}
      />
      {sheet === 'filter' && <FilterSheet filter={filter} agents={agents} files={files} onApply={narrow} onClose={() => setSheet(null)} />}
    </>
  );
}

const suggestedFiles = 100;

function filesOf(checkpoints: readonly { changes: { files: { path: string }[] } }[]): string[] {
  const paths = checkpoints.toReversed().flatMap(({ changes }) => changes.files.map(({ path }) => path));
  return [...new Set(paths)].slice(0, suggestedFiles);
}
