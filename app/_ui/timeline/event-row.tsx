'use client';

import {
  Bot,
  Brain,
  ChevronRight,
  GitCommitVertical,
  Hand,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  Play,
  ShieldCheck,
  Wrench,
} from 'lucide-react';
import type { LedgerEvent } from '#lib/core/event.ts';
import { type EventKind, kindOf } from '#lib/core/event-kind.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { EventDetails } from './event-details.tsx';
import { ClockSeconds, DayLine } from './event-time.tsx';
import { summarizeEvent } from './summarize-event.ts';

const kindIcons: Record<EventKind, LucideIcon> = {
  words: MessageSquare,
  plan: ListChecks,
  call: Wrench,
  approval: Hand,
  checkpoint: GitCommitVertical,
  run: Play,
  model: Brain,
  rule: ShieldCheck,
};

const tones = { good: 'text-good', bad: 'text-bad', warn: 'text-warn' } as const;

type EventRowProps = {
  event: LedgerEvent | undefined;
  /** The event above it in the list, where that is known. */
  above: LedgerEvent | undefined;
  isFirst: boolean;
  /** What proposed its call or asked its question, where that is known. */
  begun: LedgerEvent | undefined;
  goal: string | undefined;
  isOpen: boolean;
  isTarget: boolean;
  onToggle(seq: number): void;
};

/** One event in one line that opens to its whole; above it the day and the run, where these begin. */
export function EventRow({ event, above, isFirst, begun, goal, isOpen, isTarget, onToggle }: EventRowProps) {
  if (!event)
    return (
      <div className="h-11 border-line/60 border-b px-4 py-3.5" aria-hidden>
        <div className="h-3.5 w-2/3 rounded bg-sunken" />
      </div>
    );
  const { what, object, code, tone } = summarizeEvent(event, begun);
  const Icon = kindIcons[kindOf(event.type)];
  const startsRun = event.runId !== undefined && event.runId !== above?.runId && (above !== undefined || isFirst);
  return (
    <>
      {(above || isFirst) && <DayLine at={event.at} before={above?.at} />}
      {startsRun && goal !== undefined && (
        <h2 className="contained flex items-center gap-2 border-line border-b bg-sunken/60 px-4 py-2 font-medium text-xs">
          <Bot className="size-3.5 shrink-0 text-ink-soft" aria-hidden />
          <span className="truncate">
            <HostileText text={goal} />
          </span>
        </h2>
      )}
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => onToggle(event.seq)}
        className={`flex h-11 w-full min-w-0 items-center gap-2 border-line/60 border-b pr-2 pl-4 text-left text-sm ${isOpen || isTarget ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
      >
        <span className="w-15 shrink-0 text-ink-soft text-xs">
          <ClockSeconds at={event.at} />
        </span>
        <Icon className={`size-4 shrink-0 ${tone ? tones[tone] : 'text-ink-soft'}`} aria-hidden />
        <span className="contained min-w-0 flex-1 truncate">
          <span className={tone ? tones[tone] : ''}>{what}</span>{' '}
          {object && (
            <span className={`text-ink-soft ${code ? 'font-mono text-[0.8125rem]' : ''}`}>
              <HostileText text={object} />
            </span>
          )}
        </span>
        <ChevronRight
          className={`size-4 shrink-0 text-ink-soft transition-transform duration-100 ${isOpen ? 'rotate-90' : ''}`}
          aria-hidden
        />
      </button>
      {isOpen && <EventDetails event={event} />}
    </>
  );
}
