import type { SentMarks, ThreadMarks } from './thread-marks.ts';
import type { ThreadRow } from './thread-row.ts';

export type MarkedRow = Pick<ThreadRow, 'id' | 'seq'>;

/** What was set of a thread that no list shows yet. `row.seq`: how far the thread was then; `arrived`: a list that is asked for now shows it. */
type MarkOnTheWay = { row: MarkedRow; marks: ThreadMarks; arrived: boolean };

type ThreadListParts = {
  initial: ThreadRow[];
  /** The newest threads, as many as `limit`. */
  ask(limit: number, signal: AbortSignal): Promise<ThreadRow[]>;
  put(threadId: string, marks: SentMarks): Promise<unknown>;
};

/** The list of threads on this device: as it was read last, with what was set of its threads since. */
export function createThreadListStore({ initial, ask, put }: ThreadListParts) {
  let listed = initial;
  let rows = initial;
  let onTheWay: readonly MarkOnTheWay[] = [];
  let asking: AbortController | undefined;
  let newest: Promise<void> | undefined;
  const listeners = new Set<() => void>();

  function keep(marks: readonly MarkOnTheWay[]): void {
    onTheWay = marks;
    rows = layMarks(listed, onTheWay);
    for (const listener of listeners) listener();
  }

  return {
    getRows: () => rows,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Reads the list; resolves when it stands, or was stopped. Who is overtaken waits for the newest reading, and rejects with it. */
    read(limit: number): Promise<void> {
      asking?.abort();
      asking = new AbortController();
      const { signal } = asking;
      const shown = onTheWay.filter(({ arrived }) => arrived);
      const reading: Promise<void> = ask(limit, signal).then(
        (list) => {
          listed = list;
          keep(onTheWay.filter((mark) => !shown.includes(mark)));
        },
        (error) => {
          if (!signal.aborted) throw error;
          return newest === reading ? undefined : newest;
        },
      );
      newest = reading;
      return reading;
    },
    stop: () => asking?.abort(),
    /** Shown at once. Says whether it could be kept; where not, it is not shown any more. */
    async mark(row: MarkedRow, marks: ThreadMarks): Promise<boolean> {
      const mine = { row, marks, arrived: false };
      keep([...onTheWay, mine]);
      const isKept = await put(row.id, marks.archived ? { ...marks, seq: row.seq } : marks).then(
        () => true,
        () => false,
      );
      mine.arrived = isKept;
      if (!isKept) keep(onTheWay.filter((mark) => mark !== mine));
      return isKept;
    },
  };
}

/** The rows as they are once these marks have arrived. A thread in which something happened since it was archived is back. */
function layMarks(rows: readonly ThreadRow[], onTheWay: readonly MarkOnTheWay[]): ThreadRow[] {
  return rows.flatMap((row) => {
    const mine = onTheWay.filter((mark) => mark.row.id === row.id);
    const last = mine.findLast(({ marks }) => marks.archived !== undefined);
    if (last?.marks.archived && row.seq <= last.row.seq) return [];
    const readSeq = mine.findLast(({ marks }) => marks.readSeq !== undefined)?.marks.readSeq;
    if (readSeq === undefined) return [row];
    return [{ ...row, unread: row.seq > readSeq && (row.unread || readSeq === 0) }];
  });
}
