'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { askPastSilence } from './ask-past-silence.ts';
import { requestJson } from './request.ts';
import { layMarks, type MarksOnTheWay, sendMarks, type ThreadMarks } from './thread-marks.ts';
import { mostThreads, type ThreadRow, threadsAtOnce } from './thread-row.ts';
import { useWire } from './wire/wire-context.tsx';

const settleMs = 250;
/** While agents work something changes all the time: the list is read this often then, and no more. */
const busyMs = 1_000;

type MarkedRow = Pick<ThreadRow, 'id' | 'seq'>;
type Archived = MarkedRow & { failed: boolean };

export type ThreadListActions = {
  /** Reads the list again; resolves when it stands. Never rejects: the list stays as it is, and the next change or reconnect reads it again. */
  refresh(): Promise<void>;
  /** Reads more of the list, where it goes on. Rejects where Choir cannot be reached. */
  more: (() => Promise<void>) | null;
  /** Shown at once; where it cannot be kept, the list is read again. */
  mark(row: MarkedRow, marks: ThreadMarks): void;
  /** What was archived last, until it is brought back; `failed`: it was not, after all. */
  archived: Archived | null;
};

/** The workspace's threads, read again shortly after any of them changed. */
export function useThreadList(initial: ThreadRow[]): { rows: ThreadRow[]; actions: ThreadListActions } {
  const [rows, setRows] = useState(initial);
  const [limit, setLimit] = useState(threadsAtOnce);
  const wanted = useRef(limit);
  const [archived, setArchived] = useState<Archived | null>(null);
  const wire = useWire();
  const reading = useRef<AbortController>(undefined);
  const marking = useRef<MarksOnTheWay>(new Map());

  const read = useCallback(async () => {
    reading.current?.abort();
    reading.current = new AbortController();
    const { signal } = reading.current;
    const asked = wanted.current;
    try {
      const path = `/api/threads?limit=${asked}`;
      const ask = (line: AbortSignal) => requestJson<{ threads: ThreadRow[] }>(path, { signal: AbortSignal.any([signal, line]) });
      const shown = [...marking.current].filter(([, { arrived }]) => arrived);
      const { threads } = await askPastSilence(ask);
      for (const [id, mark] of shown) if (marking.current.get(id) === mark) marking.current.delete(id);
      setRows(layMarks(threads, marking.current));
      setLimit(asked);
    } catch (error) {
      // Whoever reads it anew asks for as many.
      if (!signal.aborted) throw error;
    }
  }, []);
  const refresh = useCallback(() => read().catch(() => {}), [read]);
  const more = useCallback(() => {
    wanted.current = Math.min(limit + threadsAtOnce, mostThreads);
    return read();
  }, [limit, read]);

  useEffect(() => {
    if (!wire) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let readAt = Number.NEGATIVE_INFINITY;
    const readSoon = () => {
      const wait = Math.max(settleMs, readAt + busyMs - performance.now());
      timer ??= setTimeout(() => {
        timer = undefined;
        readAt = performance.now();
        void refresh();
      }, wait);
    };
    const stop = wire.followAll(readSoon);
    const readWhenSeen = () => {
      if (!document.hidden) readSoon();
    };
    document.addEventListener('visibilitychange', readWhenSeen);
    return () => {
      stop();
      clearTimeout(timer);
      reading.current?.abort();
      document.removeEventListener('visibilitychange', readWhenSeen);
    };
  }, [wire, refresh]);

  const mark = useCallback(
    (row: MarkedRow, marks: ThreadMarks) => {
      if (marks.archived !== undefined) setArchived(marks.archived ? { ...row, failed: false } : null);
      const mine = { seq: row.seq, marks: { ...marking.current.get(row.id)?.marks, ...marks }, arrived: false };
      marking.current.set(row.id, mine);
      setRows((known) => layMarks(known, marking.current));
      sendMarks(row.id, marks.archived ? { ...marks, seq: row.seq } : marks).then(
        () => {
          mine.arrived = true;
          // What was read is shown already, and the server tells of it.
          if (marks.archived !== undefined) void refresh();
        },
        () => {
          if (marking.current.get(row.id) === mine) marking.current.delete(row.id);
          if (marks.archived) setArchived((last) => (last?.id === row.id ? { ...last, failed: true } : last));
          else if (marks.archived === false) setArchived({ ...row, failed: false });
          void refresh();
        },
      );
    },
    [refresh],
  );

  const hasMore = rows.length >= limit && limit < mostThreads;
  const actions = useMemo(() => ({ refresh, more: hasMore ? more : null, mark, archived }), [refresh, more, hasMore, mark, archived]);
  return { rows, actions };
}
