'use client';

import { CalendarClock, ListFilter, Search, X } from 'lucide-react';
import { useId } from 'react';
import { agentName } from '#lib/core/words/agent-name.ts';
import { iconButtonClass } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { useMomentWords } from '../base/moment.tsx';
import { kindWords } from './kind-words.ts';
import type { TimelineFilter } from './timeline-filter.ts';

type FilterBarProps = {
  filter: TimelineFilter;
  /** What stands in the field, which the filter follows. */
  words: string;
  isBusy: boolean;
  onType(words: string): void;
  onSearch(): void;
  onApply(filter: TimelineFilter): void;
  onFilter(): void;
  onJump(): void;
};

/** Words to look for, the ways to narrow the timeline and to move in it, and what it is narrowed to now. */
export function FilterBar({ filter, words, isBusy, onType, onSearch, onApply, onFilter, onJump }: FilterBarProps) {
  const fieldId = useId();

  const narrowed = wordsOf(filter, useMomentWords());
  return (
    <div className="border-line border-b">
      <div className="mx-auto flex max-w-wide items-center gap-1 py-1.5 pr-1.5 pl-4">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onSearch();
          }}
          className="relative min-w-0 flex-1"
          aria-busy={isBusy}
        >
          <label htmlFor={fieldId} className="sr-only">
            Find in the timeline
          </label>
          <Search className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" aria-hidden />
          <input
            id={fieldId}
            type="search"
            enterKeyHint="search"
            maxLength={200}
            value={words}
            onChange={(event) => onType(event.target.value)}
            placeholder="Find words"
            className="min-h-11 w-full rounded-control border border-line-strong bg-raised pr-3 pl-9"
          />
        </form>
        <button type="button" aria-label="Show only …" onClick={onFilter} className={iconButtonClass}>
          <ListFilter className="size-5" aria-hidden />
        </button>
        <button type="button" aria-label="Go to a time" onClick={onJump} className={iconButtonClass}>
          <CalendarClock className="size-5" aria-hidden />
        </button>
      </div>
      {narrowed.length > 0 && (
        <ul aria-label="Shown only" className="mx-auto flex max-w-wide gap-1.5 overflow-x-auto px-4 pb-2 [scrollbar-width:none]">
          {narrowed.map(({ field, words: shown }) => (
            <li key={field} className="shrink-0">
              <button
                type="button"
                onClick={() => onApply({ ...filter, [field]: undefined })}
                className="inline-flex min-h-11 items-center gap-1.5 rounded-full bg-accent-soft px-3.5 text-sm"
              >
                <span className="max-w-60 truncate">
                  <HostileText text={shown} />
                </span>
                <X className="size-3.5 shrink-0" aria-hidden />
                <span className="sr-only">: show all again</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function wordsOf(
  { kind, agent, file, text, since, until }: TimelineFilter,
  moment: (at: string) => string,
): { field: keyof TimelineFilter; words: string }[] {
  const words: [keyof TimelineFilter, string | undefined][] = [
    ['text', text && `“${text}”`],
    ['kind', kind && kindWords[kind]],
    ['agent', agent && agentName(agent)],
    ['file', file],
    ['since', since && `from ${moment(since)}`],
    ['until', until && `until ${moment(until)}`],
  ];
  return words.flatMap(([field, shown]) => (shown ? [{ field, words: shown }] : []));
}
