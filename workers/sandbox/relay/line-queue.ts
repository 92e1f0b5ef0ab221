import { setImmediate } from 'node:timers/promises';
import type { SessionLine } from '../sandbox.ts';

export type LineQueue = {
  push(line: SessionLine): void;
  /** What is there can still be read, then it ends. */
  close(): void;
  /** Characters that wait to be read. */
  unread(): number;
  /** Ends after an `end` line, or when the queue is closed and empty. Once; throws when the signal aborts. */
  read(signal: AbortSignal): AsyncIterable<SessionLine>;
};

/** A program that says more than can be heard takes no more of the process at a time: 80,000 lines in one go kept it from all else for 14 s. */
const sliceMs = 10;

/** Lines on their way from a socket to who reads them; `onRead` hears when one left. */
export function createLineQueue(onRead: () => void): LineQueue {
  let came: SessionLine[] = [];
  /** Newest first. */
  let next: SessionLine[] = [];
  let unread = 0;
  let isClosed = false;
  let isRead = false;
  let news = Promise.withResolvers<void>();

  function takeOne(): SessionLine | undefined {
    if (next.length === 0) [next, came] = [came.reverse(), []];
    return next.pop();
  }

  async function* take(signal: AbortSignal): AsyncGenerator<SessionLine> {
    const aborted = Promise.withResolvers<void>();
    const onAbort = () => aborted.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    let since = performance.now();
    try {
      for (;;) {
        if (performance.now() - since > sliceMs) {
          await setImmediate();
          since = performance.now();
        }
        signal.throwIfAborted();
        const line = takeOne();
        if (!line && isClosed) return;
        if (!line) {
          await Promise.race([news.promise, aborted.promise]);
          news = Promise.withResolvers();
          continue;
        }
        unread -= line.text.length;
        onRead();
        yield line;
        if (line.direction === 'end') return;
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    push(line) {
      came.push(line);
      unread += line.text.length;
      news.resolve();
    },
    close() {
      isClosed = true;
      news.resolve();
    },
    unread: () => unread,
    read(signal) {
      if (isRead) throw new Error('The lines of a session can be read once.');
      isRead = true;
      return take(signal);
    },
  };
}
