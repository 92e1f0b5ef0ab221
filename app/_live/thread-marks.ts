import { send } from './request.ts';
import { threadPath } from './thread-path.ts';

/** How far this person has read, or whether the thread is out of the list; `seq`: how far it was then, since what happens after that keeps it in the list. */
export type SentMark = { readSeq: number } | { archived: boolean; seq?: number };

const onTheWay = new Map<string, Promise<unknown>>();

/** What is set of one thread arrives in that order: an undo never before what it undoes. Rejects with what `send` does. */
export function sendMark(threadId: string, mark: SentMark): Promise<unknown> {
  const put = () => send(threadPath(threadId, '/marks'), mark, 'PUT', { keepalive: true });
  const sent = onTheWay.get(threadId)?.then(put, put) ?? put();
  onTheWay.set(threadId, sent);
  const leave = () => {
    if (onTheWay.get(threadId) === sent) onTheWay.delete(threadId);
  };
  sent.then(leave, leave);
  return sent;
}
