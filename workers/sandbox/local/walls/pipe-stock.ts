import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';

export type PipeEnds = { readFd: number; writeFd: number };
export type PipeStock = { take(): Promise<PipeEnds> };

/**
 * Anonymous pipes for the output of commands. Node gives children socket pairs, on which `echo x > /dev/stderr` fails with
 * ENXIO; FIFOs that are unlinked once both ends are open behave like a shell's pipes. `folder` must be private; `batch` are made at a time.
 */
export function createPipeStock(folder: string, batch = 32): PipeStock {
  let filling: Promise<string[]> = Promise.resolve([]);
  let made = 0;

  /** What fails now (no space, no process to be had) may work for the next who asks. */
  function fill(): Promise<string[]> {
    const paths = Array.from({ length: batch }, () => join(folder, `pipe-${made++}`));
    const filled = promisify(execFile)('mkfifo', ['-m', '600', ...paths]).then(() => paths);
    filled.catch(() => {
      filling = Promise.resolve([]);
    });
    return filled;
  }

  return {
    async take() {
      const stock = await filling;
      const path = stock.pop();
      if (path === undefined) {
        if ((await filling) === stock) filling = fill();
        return this.take();
      }
      const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writeFd = openSync(path, constants.O_WRONLY);
      unlinkSync(path);
      return { readFd, writeFd };
    },
  };
}

/** Starts a child that gets the pipes' writing ends; when it cannot even be started (its arguments are too long) none stays open. */
export function handOver<Child>(pipes: PipeEnds[], start: () => Child): Child {
  try {
    return start();
  } catch (error) {
    for (const fd of pipes.flatMap(({ readFd, writeFd }) => [readFd, writeFd])) closeSync(fd);
    throw error;
  }
}

/** Reads a pipe whose writing end a child has by now. `ended` settles when the last writer is gone, or on `close`. */
export function readPipe({ readFd, writeFd }: PipeEnds, write: (chunk: Uint8Array) => void): { ended: Promise<void>; close(): void } {
  closeSync(writeFd);
  const socket = new Socket({ fd: readFd, readable: true, writable: false });
  socket.on('data', write);
  const ended = finished(socket, { writable: false }).catch(() => undefined);
  return { ended, close: () => socket.destroy() };
}
