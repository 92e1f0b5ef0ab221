'use client';

import { Archive, CircleX, Hand, LoaderCircle, MailOpen, Square } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { KeyboardEvent } from 'react';
import type { RunStatus } from '#lib/core/state.ts';
import { describeStatus } from '#lib/core/words/describe-run.ts';
import type { ThreadRow } from '../../_live/thread-row.ts';
import { completedLooks, type Look } from '../base/completed-looks.ts';
import { Ago } from '../base/moment.tsx';
import { WaitingMark } from '../outbox/waiting-mark.tsx';
import { useThreadListActions } from './threads-context.tsx';
import { useSwipe } from './use-swipe.ts';

/** One thread of the inbox. Swiped left it is archived, swiped right it becomes read or unread; `e` and `u` do the same on a keyboard. */
export function ThreadLink({ row }: { row: ThreadRow }) {
  const here = usePathname().startsWith(`/threads/${row.id}`);
  const { mark } = useThreadListActions();
  const { Icon, tone, word } = lookOf(row);
  const unread = row.unread && !here;
  const archive = () => mark({ row, archived: true });
  const toggleRead = () => mark({ row, readSeq: row.unread ? row.seq : 0 });
  const { offset, handlers, ready } = useSwipe((side) => (side === 'left' ? archive() : toggleRead()));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === 'e') archive();
    if (event.key === 'u') toggleRead();
  }

  return (
    <div className="group/row relative overflow-clip rounded-control">
      {offset !== 0 && (
        <div
          aria-hidden
          className={`absolute inset-0 flex items-center gap-2 px-4 font-medium text-sm ${ready ? 'bg-accent-soft text-accent' : 'bg-sunken text-ink-soft'} ${offset < 0 ? 'justify-end' : ''}`}
        >
          {offset < 0 ? <Archive className="size-4.5" /> : <MailOpen className="size-4.5" />}
          {offset < 0 ? 'Archive' : row.unread ? 'Read' : 'Unread'}
        </div>
      )}
      <Link
        href={`/threads/${row.id}`}
        // Fetched ahead would be two answers for each row in sight, and no words of any thread.
        prefetch={false}
        aria-current={here ? 'page' : undefined}
        aria-keyshortcuts="e u"
        onKeyDown={onKeyDown}
        {...handlers}
        style={offset === 0 ? undefined : { transform: `translateX(${offset}px)` }}
        className={`relative flex min-h-14 touch-pan-y items-start gap-3 rounded-control px-3 py-2.5 focus-visible:-outline-offset-2 ${here ? 'bg-sunken' : 'bg-paper hover:bg-sunken'}`}
      >
        <Icon className={`mt-0.5 size-4.5 shrink-0 ${tone}`} aria-hidden />
        <span className="contained min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className={`min-w-0 flex-1 truncate text-[0.9375rem] ${unread ? 'font-semibold' : 'font-medium'}`}>{row.title}</span>
            <span className="shrink-0 text-ink-soft text-xs lg:group-focus-within/row:invisible lg:group-hover/row:invisible">
              <Ago at={row.updatedAt} />
            </span>
          </span>
          <span className="flex items-center gap-2 text-ink-soft text-sm">
            <span className="flex min-w-0 flex-1">
              <span className="truncate">
                <span className="sr-only">
                  {word}.{unread && ' Unread.'}{' '}
                </span>
                {row.openApprovals > 0 && (
                  <span className="text-accent">{row.openApprovals === 1 ? 'A question' : `${row.openApprovals} questions`} · </span>
                )}
                <WaitingMark threadId={row.id} />
                {row.lastLine}
              </span>
              {/* Why it wants the person takes most of the line; the name has its share, and what is left free. */}
              <span className={`max-w-max shrink-0 grow truncate ${row.openApprovals > 0 ? 'basis-1/4' : 'basis-1/3'}`}>
                {row.lastLine && '\u00a0· '}
                {row.projectName}
              </span>
            </span>
            {unread && <span className="size-2 shrink-0 rounded-full bg-accent" aria-hidden />}
          </span>
        </span>
      </Link>
      <button
        type="button"
        onClick={archive}
        aria-label={`Archive: ${row.title}`}
        title="Archive until something happens in it (e)"
        className="absolute top-1 right-1.5 hidden size-9 items-center justify-center rounded-lg bg-sunken text-ink-soft hover:text-ink focus-visible:flex lg:group-hover/row:flex lg:group-focus-within/row:flex"
      >
        <Archive className="size-4" aria-hidden />
      </button>
    </div>
  );
}

const looks: Record<Exclude<RunStatus, 'completed'>, Look> = {
  queued: { Icon: LoaderCircle, tone: 'text-ink-soft' },
  running: { Icon: LoaderCircle, tone: 'text-accent motion-safe:animate-spin' },
  waiting: { Icon: LoaderCircle, tone: 'text-ink-soft' },
  failed: { Icon: CircleX, tone: 'text-bad' },
  cancelled: { Icon: Square, tone: 'text-ink-soft' },
};

function lookOf({ openApprovals, runStatus, runExtent }: ThreadRow): Look & { word: string } {
  if (openApprovals > 0) return { Icon: Hand, tone: 'text-accent', word: 'Needs you' };
  const status = runStatus ?? 'queued';
  const look = status === 'completed' ? completedLooks[runExtent ?? 'whole'] : looks[status];
  return { ...look, word: describeStatus(status, runExtent) };
}
