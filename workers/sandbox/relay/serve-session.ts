import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { SessionLog } from './session-log.ts';
import { splitLines } from './split-lines.ts';
import { pausedAnswer, type RelayGreeting, type RelayRequest, wireLimitBytes } from './wire.ts';

export type SessionServer = {
  /** Settles when workers can attach. */
  listening: Promise<unknown>;
  /** Tells the attached worker that the log has grown. */
  grew(): void;
  /** Waits for the first worker to come, takes no more connections, and tells the attached one all there is; each for a time at most. */
  close(patience: { untilFirstMs: number; untilReadMs: number }): Promise<void>;
};

type Attachment = { socket: Socket; owner: string; sent: Promise<void> };

/**
 * Lets workers attach to a session on a unix socket. The newest has it: older ones are cut off. Each hears the log from its first line and
 * then what comes, straight from the file, so that a slow reader costs no memory.
 */
export function serveSession(input: {
  path: string;
  log: SessionLog;
  write: (line: string, logged?: string) => void;
  stop: () => void;
  pause: () => Promise<() => void>;
}): SessionServer {
  const { log } = input;
  const first = Promise.withResolvers<void>();
  let newest: Attachment | null = null;
  let growth = Promise.withResolvers<void>();
  let complete = false;
  let pauses: Promise<void> = Promise.resolve();

  async function send(socket: Socket): Promise<void> {
    const greeting: RelayGreeting = { known: log.last() };
    socket.write(`${JSON.stringify(greeting)}\n`);
    const closed = once(socket, 'close').catch(() => undefined);
    for (let offset = 0; !socket.destroyed; ) {
      const grown = growth.promise;
      const chunk = log.read(offset);
      offset += chunk.length;
      if (chunk.length > 0) {
        if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
      } else if (complete) {
        socket.end();
        return void (await closed);
      } else await Promise.race([grown, closed]);
    }
  }

  function attach(socket: Socket, owner: string): void {
    newest?.socket.destroy();
    newest = { socket, owner, sent: send(socket) };
    first.resolve();
  }

  async function pause(socket: Socket): Promise<void> {
    const closed = socket.destroyed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve));
    const goOn = await input.pause();
    socket.write(pausedAnswer);
    await closed;
    goOn();
  }

  function hear(socket: Socket, request: RelayRequest): void {
    if (request.type === 'attach') attach(socket, request.owner);
    else if (request.type === 'pause') pauses = pauses.then(() => pause(socket)).catch(() => void socket.destroy());
    else if (request.type === 'write') {
      if (newest?.socket === socket && !complete) input.write(request.line, request.logged);
    } else if (request.unlessTakenFrom === undefined || request.unlessTakenFrom === newest?.owner) input.stop();
    else socket.end();
  }

  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    const lines = splitLines(
      wireLimitBytes,
      (line) => hear(socket, JSON.parse(line) as RelayRequest),
      () => socket.destroy(),
    );
    socket.on('data', lines.write).on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
  });
  return {
    listening: once(server.listen(input.path), 'listening'),
    grew() {
      growth.resolve();
      growth = Promise.withResolvers();
    },
    async close({ untilFirstMs, untilReadMs }) {
      if (!newest) await Promise.race([first.promise, setTimeout(untilFirstMs)]);
      // Nobody may find the session alive after its end was told.
      server.close();
      complete = true;
      this.grew();
      await Promise.race([newest?.sent, setTimeout(untilReadMs)]);
      for (const socket of open) socket.destroy();
    },
  };
}
