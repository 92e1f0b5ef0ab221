import type { Session, SessionLine } from '../sandbox.ts';
import { connectRelay, isRelayed } from './session-folder.ts';
import { splitLines } from './split-lines.ts';
import { lineLimitBytes, type RelayGreeting, type RelayRequest, wireLimitBytes } from './wire.ts';

export type Attachment = Pick<Session, 'knownLines' | 'lines' | 'write' | 'detach'> & {
  /** Asks the relay to end the program; settles when the connection is over. */
  stop(): Promise<void>;
  /** Settles when the connection is over, whoever ended it. */
  over: Promise<void>;
};

const greetingMs = 10_000;
const unreadLimitBytes = 16 * 1024 * 1024;

/** Takes a session over from whoever had it. Null when no relay answers. */
export async function attachRelay(transactionFolder: string, owner: string): Promise<Attachment | null> {
  const socket = await connectRelay(transactionFolder);
  if (!socket) return null;
  const unread: SessionLine[] = [];
  const unanswered: PromiseWithResolvers<void>[] = [];
  const greeted = Promise.withResolvers<RelayGreeting | null>();
  let unreadBytes = 0;
  let known = 0;
  let last = 0;
  let ended = false;
  let detached = false;
  let taken = false;
  let news = Promise.withResolvers<void>();

  /** A full queue must not keep back the echo that a write waits for. */
  function regulate(): void {
    if (unreadBytes > unreadLimitBytes && unanswered.length === 0 && !detached) socket?.pause();
    else socket?.resume();
  }

  function hear(line: SessionLine): void {
    last = line.n;
    ended = line.direction === 'end';
    if (line.direction === 'in' && line.n > known) unanswered.shift()?.resolve();
    unread.push(line);
    unreadBytes += line.text.length;
    news.resolve();
    regulate();
  }

  let receive = (line: string) => {
    receive = (next) => hear(JSON.parse(next) as SessionLine);
    greeted.resolve(JSON.parse(line) as RelayGreeting);
  };
  const lines = splitLines(
    wireLimitBytes,
    (line) => receive(line),
    () => socket.destroy(),
  );
  socket.on('data', lines.write).on('error', () => socket.destroy());

  async function finish(): Promise<void> {
    await new Promise((resolve) => socket?.once('close', resolve));
    greeted.resolve(null);
    if (!detached && !ended && !(await isRelayed(transactionFolder)))
      unread.push({ n: last + 1, direction: 'end', text: 'Its relay was killed, and the program with it.' });
    for (const write of unanswered.splice(0)) write.reject(new Error('The session is over, or another worker has it.'));
    news.resolve();
  }
  let isOver = false;
  const over = finish().finally(() => {
    isOver = true;
    news.resolve();
  });

  function say(request: RelayRequest): void {
    socket?.write(`${JSON.stringify(request)}\n`);
  }

  say({ type: 'attach', owner });
  const late = setTimeout(() => socket.destroy(), greetingMs);
  const greeting = await greeted.promise;
  clearTimeout(late);
  if (!greeting) return null;
  known = greeting.known;

  return {
    knownLines: known,
    over,
    async *lines(signal) {
      if (taken) throw new Error('The lines of a session can be read once.');
      taken = true;
      const aborted = Promise.withResolvers<void>();
      const onAbort = () => aborted.resolve();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        for (;;) {
          signal.throwIfAborted();
          const line = unread.shift();
          if (line) {
            unreadBytes -= line.text.length;
            regulate();
            yield line;
            if (line.direction === 'end') return;
          } else if (isOver) return;
          else {
            await Promise.race([news.promise, aborted.promise]);
            news = Promise.withResolvers();
          }
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    async write(line) {
      if (line.includes('\n')) throw new TypeError('A line holds a line break.');
      if (Buffer.byteLength(line) > lineLimitBytes) throw new TypeError(`A line is longer than ${lineLimitBytes} bytes.`);
      if (isOver || socket.destroyed) throw new Error('The session is over, or another worker has it.');
      const answer = Promise.withResolvers<void>();
      unanswered.push(answer);
      say({ type: 'write', line });
      regulate();
      await answer.promise;
    },
    async detach() {
      detached = true;
      socket.destroy();
      await over;
    },
    async stop() {
      say({ type: 'stop' });
      detached = true;
      regulate();
      await over;
    },
  };
}
