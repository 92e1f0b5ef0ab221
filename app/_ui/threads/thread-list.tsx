'use client';

import { CircleCheck, CircleX, Hand, LoaderCircle, type LucideIcon, Square } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { RunStatus } from '#lib/core/state.ts';
import { groupThreads, type ThreadRow } from '../../_live/thread-row.ts';
import { Ago } from '../base/moment.tsx';

const groups = [
  { key: 'needsYou', title: 'Needs you' },
  { key: 'running', title: 'Running' },
  { key: 'recent', title: 'Recent' },
] as const;

export function ThreadList({ rows }: { rows: ThreadRow[] }) {
  const grouped = groupThreads(rows);
  return (
    <div className="space-y-5">
      {groups
        .filter(({ key }) => grouped[key].length > 0)
        .map(({ key, title }) => (
          <section key={key} aria-label={title}>
            <h2 className={`px-3 pb-1 font-semibold text-xs ${key === 'needsYou' ? 'text-accent' : 'text-ink-soft'}`}>{title}</h2>
            <ul>
              {grouped[key].map((row) => (
                <li key={row.id}>
                  <ThreadLink row={row} />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function ThreadLink({ row }: { row: ThreadRow }) {
  const here = usePathname().startsWith(`/threads/${row.id}`);
  const { Icon, tone, word } = lookOf(row);
  return (
    <Link
      href={`/threads/${row.id}`}
      aria-current={here ? 'page' : undefined}
      className={`flex min-h-14 items-start gap-3 rounded-control px-3 py-2.5 ${here ? 'bg-sunken' : 'hover:bg-sunken'}`}
    >
      <Icon className={`mt-0.5 size-4.5 shrink-0 ${tone}`} aria-hidden />
      <span className="contained min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium text-[0.9375rem]">{row.title}</span>
          <span className="shrink-0 text-ink-soft text-xs">
            <Ago at={row.updatedAt} />
          </span>
        </span>
        <span className="block truncate text-ink-soft text-sm">
          <span className="sr-only">{word}. </span>
          {row.openApprovals > 0 && (
            <span className="text-accent">{row.openApprovals === 1 ? 'A question' : `${row.openApprovals} questions`} · </span>
          )}
          {row.projectName}
          {row.lastLine && ` · ${row.lastLine}`}
        </span>
      </span>
    </Link>
  );
}

const looks: Record<RunStatus, { Icon: LucideIcon; tone: string; word: string }> = {
  queued: { Icon: LoaderCircle, tone: 'text-ink-soft', word: 'Queued' },
  running: { Icon: LoaderCircle, tone: 'text-accent motion-safe:animate-spin', word: 'Running' },
  waiting: { Icon: LoaderCircle, tone: 'text-ink-soft', word: 'Waiting' },
  completed: { Icon: CircleCheck, tone: 'text-good', word: 'Done' },
  failed: { Icon: CircleX, tone: 'text-bad', word: 'Failed' },
  cancelled: { Icon: Square, tone: 'text-ink-soft', word: 'Stopped' },
};

function lookOf({ openApprovals, runStatus }: ThreadRow) {
  if (openApprovals > 0) return { Icon: Hand, tone: 'text-accent', word: 'Needs you' };
  return looks[runStatus ?? 'queued'];
}
