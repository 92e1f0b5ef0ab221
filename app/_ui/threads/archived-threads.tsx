'use client';

import { ArchiveRestore } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { requestJson } from '../../_live/request.ts';
import { sendMark } from '../../_live/thread-marks.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { mostThreads, type ThreadRow, threadsAtOnce } from '../../_live/thread-row.ts';
import { Button } from '../base/button.tsx';
import { DeleteButton } from '../base/delete-button.tsx';
import { EmptyState } from '../base/empty-state.tsx';
import { Ago } from '../base/moment.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { MoreButton } from './more-button.tsx';
import { useThreadListActions } from './threads-context.tsx';

/** `owner`: the person who looks may delete. */
export function ArchivedThreads({ initial, owner }: { initial: ThreadRow[]; owner: boolean }) {
  const [rows, setRows] = useState(initial);
  const [limit, setLimit] = useState(threadsAtOnce);
  const { refresh } = useThreadListActions();
  const { busy, failure, act } = useAction();

  async function bringBack(threadId: string): Promise<void> {
    await sendMark(threadId, { archived: false });
    drop(threadId);
    await refresh();
  }

  async function more(): Promise<void> {
    const wanted = Math.min(limit + threadsAtOnce, mostThreads);
    setRows((await requestJson<{ threads: ThreadRow[] }>(`/api/threads?archived=true&limit=${wanted}`)).threads);
    setLimit(wanted);
  }

  function drop(threadId: string): void {
    setRows((known) => known.filter(({ id }) => id !== threadId));
  }

  if (rows.length === 0)
    return (
      <EmptyState title="Nothing is archived">
        Swipe a thread to the left<span className="pointer-coarse:hidden">, or press e on it,</span> to put it here.
      </EmptyState>
    );
  return (
    <>
      {failure && <Notice>{failure}</Notice>}
      <ul className="divide-y divide-line">
        {rows.map(({ id, title, projectName, updatedAt }) => (
          <li key={id} className="flex items-center gap-1 py-1">
            <Link href={`/threads/${id}`} className="contained min-h-14 min-w-0 flex-1 py-2.5">
              <span className="block truncate font-medium text-[0.9375rem]">{title}</span>
              <span className="block truncate text-ink-soft text-sm">
                {projectName} · <Ago at={updatedAt} />
              </span>
            </Link>
            <Button look="quiet" disabled={busy} onClick={() => act(() => bringBack(id))} aria-label={`Bring back: ${title}`}>
              <ArchiveRestore className="size-4" aria-hidden />
              <span className="hidden sm:inline">Bring back</span>
            </Button>
            {owner && (
              <DeleteButton
                quiet
                label={`Delete: ${title}`}
                warning="Its conversation, checkpoints and files go. What the project took over stays."
                path={threadPath(id)}
                onDeleted={() => drop(id)}
              />
            )}
          </li>
        ))}
      </ul>
      {rows.length >= limit && limit < mostThreads && <MoreButton onMore={more} />}
    </>
  );
}
