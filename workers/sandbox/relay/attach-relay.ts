import type { Session, SessionLine } from '../sandbox.ts';
import { createLineQueue } from './line-queue.ts';
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
const writeMs = 60_000;
const unreadLimit = 16 * 1024 * 1024;
const overMessage = 'The session is over, or another worker has it.';

/** Takes a session over from whoever had it. Null when no relay answers. */
export async function attachRelay(transactionFolder: string, owner: string): Promise<Attachment | null> {
  const socket = await connectRelay(transactionFolder);
  if (!socket) return null;
  const queue = createLineQueue(regulate);
  const unanswered: PromiseWithResolvers<void>[] = [];
  const greeted = Promise.withResolvers<number | null>();
  let known: number | null = null;
  let last = 0;
  let hasEnded = false;
  let isLeft = false;

  /** A full queue must not keep back the echo that a write waits for. */
  function regulate(): void {
    if (queue.unread() > unreadLimit && unanswered.length === 0 && !isLeft) socket?.pause();
    else socket?.resume();
  }

  function hear(text: string): void {
    if (known === null) {
      last = known = (JSON.parse(text) as RelayGreeting).known;
      greeted.resolve(known);
      return;
    }
    const line = JSON.parse(text) as SessionLine;
    last = Math.max(last, line.n);
    hasEnded = line.direction === 'end';
    if (line.direction === 'in' && line.n > known) unanswered.shift()?.resolve();
    queue.push(line);
    regulate();
  }

  const closed = new Promise((resolve) => socket.once('close', resolve));
  async function finish(): Promise<void> {
    await closed;
    greeted.resolve(null);
    for (const write of unanswered.splice(0)) write.reject(new Error(overMessage));
    if (!isLeft && !hasEnded && !(await isRelayed(transactionFolder)))
      queue.push({ n: last + 1, direction: 'end', text: 'Its relay was killed, and the program with it.' });
    queue.close();
  }

  function say(request: RelayRequest): void {
    socket?.write(`${JSON.stringify(request)}\n`);
  }

  const lines = splitLines(wireLimitBytes, hear, () => socket.destroy());
  socket.on('data', lines.write).on('error', () => socket.destroy());
  const over = finish();
  say({ type: 'attach', owner });
  const late = setTimeout(() => socket.destroy(), greetingMs);
  const knownLines = await greeted.promise;
  clearTimeout(late);
  if (knownLines === null) return null;

  return {
    knownLines,
    over,
    lines: queue.read,
    async write(line, logged) {
      if (line.includes('\n')) throw new TypeError('A line holds a line break.');
      if (Buffer.byteLength(line) > lineLimitBytes) throw new TypeError(`A line is longer than ${lineLimitBytes} bytes.`);
      if (socket.destroyed) throw new Error(overMessage);
      const echo = Promise.withResolvers<void>();
      unanswered.push(echo);
      say({ type: 'write', line, logged });
      regulate();
      const late = setTimeout(() => socket.destroy(), writeMs);
      await echo.promise.finally(() => clearTimeout(late));
    },
    async detach() {
      isLeft = true;
      socket.destroy();
      await over;
    },
    async stop() {
      isLeft = true;
      say({ type: 'stop' });
      regulate();
      await over;
    },
  };
}
