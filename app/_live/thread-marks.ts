import { send } from './request.ts';
import { threadPath } from './thread-path.ts';
import type { ThreadRow } from './thread-row.ts';

/** How far this person has read, and whether the thread is out of the list until something happens in it. */
export type ThreadMarks = { readSeq?: number; archived?: boolean };

/** `seq`: how far the thread was that is archived: what happened since keeps it in the list. */
type SentMarks = ThreadMarks & { seq?: number };

const onTheWay = new Map<string, Promise<unknown>>();

/** What is set of one thread arrives in that order: an undo never before what it undoes. Rejects with what `send` does. */
export function sendMarks(threadId: string, marks: SentMarks): Promise<unknown> {
  const put = () => send(threadPath(threadId, '/marks'), marks, 'PUT', { keepalive: true });
  const sent = onTheWay.get(threadId)?.then(put, put) ?? put();
  onTheWay.set(threadId, sent);
  const leave = () => {
    if (onTheWay.get(threadId) === sent) onTheWay.delete(threadId);
  };
  sent.then(leave, leave);
  return sent;
}

/** By thread, what was set of it that no list shows yet; `seq`: how far the thread was then; `arrived`: a list that is asked for now shows it. */
export type MarksOnTheWay = Map<string, { seq: number; marks: ThreadMarks; arrived: boolean }>;

/** The rows as they are once these marks have arrived. A thread in which something happened since it was archived is back. */
export function layMarks(rows: readonly ThreadRow[], onTheWay: MarksOnTheWay): ThreadRow[] {
  return rows.flatMap((row) => {
    const { seq, marks } = onTheWay.get(row.id) ?? { seq: 0, marks: {} };
    if (marks.archived && row.seq <= seq) return [];
    return [marks.readSeq === undefined ? row : { ...row, unread: row.seq > marks.readSeq }];
  });
}
