'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { useKeptThreads } from '../../_live/service-worker/use-kept-pages.ts';
import type { ThreadRow } from '../../_live/thread-row.ts';
import { useAppBadge } from '../../_live/use-app-badge.ts';
import { type ThreadListActions, useThreadList } from '../../_live/use-thread-list.ts';
import { WireProvider } from '../../_live/wire-context.tsx';

const ThreadsContext = createContext<ThreadRow[]>([]);
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
  useKeptThreads(rows);
  useAppBadge(rows.reduce((questions, { openApprovals }) => questions + openApprovals, 0));
  return (
    <ActionsContext value={actions}>
      <ThreadsContext value={rows}>{children}</ThreadsContext>
    </ActionsContext>
  );
}

export function useThreads(): ThreadRow[] {
  return useContext(ThreadsContext);
}

export function useThreadListActions(): ThreadListActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('A list of threads stands outside of the house.');
  return actions;
}
