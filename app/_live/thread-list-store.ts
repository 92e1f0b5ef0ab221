import type { SentMark } from './thread-marks.ts';
import type { ThreadRow } from './thread-row.ts';

/** Out of the list, or back in it as it was then. */
export type ArchiveMark = { row: ThreadRow; archived: boolean };

/** What a person sets of a thread; `row.seq`: how far it was then. */
export type ThreadMark = ArchiveMark | { row: Pick<ThreadRow, 'id' | 'seq'>; readSeq: number };

/** What was set that no list shows yet; `arrived`: a list that is asked for now shows it. */
type MarkOnTheWay = ThreadMark & { arrived: boolean };

type ThreadListParts = {
  initial: ThreadRow[];
  /** The newest threads, as many as `limit`. */
  ask(limit: number, signal: AbortSignal): Promise<ThreadRow[]>;
  put(threadId: string, mark: SentMark): Promise<unknown>;
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
    async mark(mark: ThreadMark): Promise<boolean> {
      const mine = { ...mark, arrived: false };
      keep([...onTheWay, mine]);
      const { id, seq } = mark.row;
      const isKept = await put(id, 'archived' in mark ? { archived: mark.archived, seq } : { readSeq: mark.readSeq }).then(
        () => true,
        () => false,
      );
      mine.arrived = isKept;
      const place = onTheWay.indexOf(mine);
      // What it took the place of has no say any more, and its answer may never come.
      keep(onTheWay.filter((other, at) => (isKept ? at >= place || !isSameKind(other, mine) : other !== mine)));
      return isKept;
    },
  };
}

function isSameKind(left: ThreadMark, right: ThreadMark): boolean {
  return left.row.id === right.row.id && 'archived' in left === 'archived' in right;
}

/** The rows as they are once these marks have arrived. A thread in which something happened since it was archived is back. */
function layMarks(listed: readonly ThreadRow[], marks: readonly MarkOnTheWay[]): ThreadRow[] {
  const archivals = new Map<string, ArchiveMark>();
  const readSeqs = new Map<string, number>();
  for (const mark of marks) {
    if ('archived' in mark) archivals.set(mark.row.id, mark);
    else readSeqs.set(mark.row.id, mark.readSeq);
  }
  const isListed = new Set(listed.map(({ id }) => id));
  const broughtBack = [...archivals.values()].filter(({ row, archived }) => !archived && !isListed.has(row.id)).map(({ row }) => row);
  return [...listed, ...broughtBack]
    .filter(({ id, seq }) => {
      const last = archivals.get(id);
      return !last?.archived || seq > last.row.seq;
    })
    .map((row) => {
      const readSeq = readSeqs.get(row.id);
      if (readSeq === undefined) return row;
      return { ...row, unread: row.seq > readSeq && (row.unread || readSeq === 0) };
    });
}
