'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { useCopyDate } from '../../_live/service-worker/use-copy-date.ts';
import { useKeptThreads } from '../../_live/service-worker/use-kept-pages.ts';
import type { ThreadRow } from '../../_live/thread-row.ts';
import { useAppBadge } from '../../_live/use-app-badge.ts';
import { type ThreadListActions, useThreadList } from '../../_live/use-thread-list.ts';
import { WireProvider } from '../../_live/wire/wire-context.tsx';

const ThreadsContext = createContext<ThreadRow[]>([]);
const CopyDateContext = createContext<string | null>(null);
const ActionsContext = createContext<ThreadListActions | null>(null);

/** The workspace's threads, live, for every room of the house. */
export function ThreadsProvider({ initial, children }: { initial: ThreadRow[]; children: ReactNode }) {
  return (
    <WireProvider>
      <LiveThreads initial={initial}>{children}</LiveThreads>
    </WireProvider>
  );
}

function LiveThreads({ initial, children }: { initial: ThreadRow[]; children: ReactNode }) {
  const { rows, actions } = useThreadList(initial);
  const [first] = useState(rows);
  const copyDate = useCopyDate();
  useKeptThreads(rows);
  useAppBadge(rows.reduce((questions, { openApprovals }) => questions + openApprovals, 0));
  return (
    <ActionsContext value={actions}>
      <CopyDateContext value={rows === first ? copyDate : null}>
        <ThreadsContext value={rows}>{children}</ThreadsContext>
      </CopyDateContext>
    </ActionsContext>
  );
}

export function useThreads(): ThreadRow[] {
  return useContext(ThreadsContext);
}

/** From when the list is, where it is a copy of this device that was not read anew yet. */
export function useCopyOfList(): string | null {
  return useContext(CopyDateContext);
}

export function useThreadListActions(): ThreadListActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('A list of threads stands outside of the house.');
  return actions;
}
