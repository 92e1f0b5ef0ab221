'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { ThreadRow } from '../../_live/thread-row.ts';
import { useThreadList } from '../../_live/use-thread-list.ts';
import { WireProvider } from '../../_live/wire-context.tsx';

const ThreadsContext = createContext<ThreadRow[]>([]);

/** The workspace's threads, live, for every room of the house. */
export function ThreadsProvider({ initial, children }: { initial: ThreadRow[]; children: ReactNode }) {
  return (
    <WireProvider>
      <LiveThreads initial={initial}>{children}</LiveThreads>
    </WireProvider>
  );
}

function LiveThreads({ initial, children }: { initial: ThreadRow[]; children: ReactNode }) {
  return <ThreadsContext value={useThreadList(initial)}>{children}</ThreadsContext>;
}

export function useThreads(): ThreadRow[] {
  return useContext(ThreadsContext);
}
