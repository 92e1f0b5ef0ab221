import { send } from './request.ts';
import { threadPath } from './thread-path.ts';

/** How far this person has read, and whether the thread is out of the list until something happens in it. */
export type ThreadMarks = { readSeq?: number; archived?: boolean };

/** `seq`: how far the thread was that is archived: what happened since keeps it in the list. */
export type SentMarks = ThreadMarks & { seq?: number };

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
