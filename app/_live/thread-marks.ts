import { send } from './request.ts';
import { sleep } from './sleep.ts';
import { threadPath } from './thread-path.ts';

/** How far this person has read, or whether the thread is out of the list; `seq`: how far it was then, since what happens after that keeps it in the list. */
export type SentMark = { readSeq: number } | { archived: boolean; seq?: number };

/** One that is not answered holds up those behind it no longer than this. */
const mostMs = 10_000;

const turns = new Map<string, Promise<unknown>>();

/** What is set of one thread arrives in that order: an undo never before what it undoes. Rejects with what `send` does. */
export function sendMark(threadId: string, mark: SentMark): Promise<unknown> {
  const before = turns.get(threadId);
  const begun = before ? overOrLeft(before) : Promise.resolve();
  const sent = begun.then(() => send(threadPath(threadId, '/marks'), mark, 'PUT', { keepalive: true }));
  const turn: Promise<unknown> = begun
    .then(() => Promise.race([sent, sleep(mostMs)]))
    .catch(() => {})
    .then(() => turns.get(threadId) === turn && turns.delete(threadId));
  turns.set(threadId, turn);
  return sent;
}

/** Resolves when that turn is over, or the page is left: what was sent goes on without its page, what waits would be lost. */
function overOrLeft(turn: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    window.addEventListener('pagehide', resolve);
    void turn.then((over) => {
      window.removeEventListener('pagehide', resolve);
      resolve(over);
    });
  });
}
