'use client';

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type ArchiveNote, noteOfFailure, noteOfMark } from './archive-note.ts';
import { askPastSilence } from './ask-past-silence.ts';
import { createReadSoon } from './read-soon.ts';
import { requestJson } from './request.ts';
import { createThreadListStore, type ThreadMark } from './thread-list-store.ts';
import { sendMark } from './thread-marks.ts';
import { mostThreads, type ThreadRow, threadsAtOnce } from './thread-row.ts';
import { useWire } from './wire/wire-context.tsx';

export type ThreadListActions = {
  /** Reads the list again; resolves when it stands. Never rejects: the list stays as it is, and the next change or reconnect reads it again. */
  refresh(): Promise<void>;
  /** Reads more of the list, where it goes on. Rejects where Choir cannot be reached. */
  more: (() => Promise<void>) | null;
  /** Shown at once; where it cannot be kept, the list is read again. Says whether it was kept. */
  mark(mark: ThreadMark): Promise<boolean>;
  archived: ArchiveNote | null;
};

/** The workspace's threads, read again shortly after any of them changed. */
export function useThreadList(initial: ThreadRow[]): { rows: ThreadRow[]; actions: ThreadListActions } {
  const [list] = useState(() => createThreadListStore({ initial, ask: askForThreads, put: sendMark }));
  const rows = useSyncExternalStore(list.subscribe, list.getRows, list.getRows);
  const [limit, setLimit] = useState(threadsAtOnce);
  const wanted = useRef(limit);
  const [archived, setArchived] = useState<ArchiveNote | null>(null);
  const wire = useWire();

  const read = useCallback(async () => {
    await list.read(wanted.current);
    setLimit(wanted.current);
  }, [list]);
  const refresh = useCallback(() => read().catch(() => {}), [read]);
  const more = useCallback(() => {
    wanted.current = Math.min(limit + threadsAtOnce, mostThreads);
    return read();
  }, [limit, read]);

  useEffect(() => {
    if (!wire) return;
    const soon = createReadSoon(refresh);
    const stopFollowing = wire.followAll(soon.change);
    const readWhenSeen = () => {
      if (!document.hidden) soon.change();
    };
    document.addEventListener('visibilitychange', readWhenSeen);
    return () => {
      stopFollowing();
      soon.stop();
      list.stop();
      document.removeEventListener('visibilitychange', readWhenSeen);
    };
  }, [wire, list, refresh]);

  const mark = useCallback(
    async (mark: ThreadMark) => {
      const archival = 'archived' in mark ? mark : null;
      if (archival) setArchived(noteOfMark(archival));
      const isKept = await list.mark(mark);
      if (!isKept && archival) setArchived((note) => noteOfFailure(note, archival));
      // What was read is shown already, and the server tells of it.
      if (!isKept || archival) void refresh();
      return isKept;
    },
    [list, refresh],
  );

  const hasMore = rows.length >= limit && limit < mostThreads;
  const actions = useMemo(() => ({ refresh, more: hasMore ? more : null, mark, archived }), [refresh, more, hasMore, mark, archived]);
  return { rows, actions };
}

async function askForThreads(limit: number, signal: AbortSignal): Promise<ThreadRow[]> {
  const path = `/api/threads?limit=${limit}`;
  const ask = (line: AbortSignal) => requestJson<{ threads: ThreadRow[] }>(path, { signal: AbortSignal.any([signal, line]) });
  return (await askPastSilence(ask)).threads;
}
