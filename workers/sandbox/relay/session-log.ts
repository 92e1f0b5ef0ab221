import { closeSync, existsSync, openSync, readSync, writeSync } from 'node:fs';
import type { SessionLine } from '../sandbox.ts';

const newline = 0x0a;
const chunkBytes = 256 * 1024;

export type SessionLog = {
  /** The number of the last line; 0 when there never was one. */
  last(): number;
  /** Throws when the disk is full. */
  append(direction: SessionLine['direction'], text: string): void;
  /** Bytes from `offset`, at most 256 KiB; empty at the end. */
  read(offset: number): Uint8Array;
  bytes(): number;
  close(): void;
};

/** A fresh log for a new program at `path`; its numbers go on where those of the program before it ended. */
export function createSessionLog(path: string): SessionLog {
  let last = existsSync(path) ? lastNumber(path) : 0;
  const file = openSync(path, 'w+', 0o600);
  let bytes = 0;
  return {
    last: () => last,
    append(direction, text) {
      const line: SessionLine = { n: last + 1, direction, text };
      const encoded = Buffer.from(`${JSON.stringify(line)}\n`);
      for (let written = 0; written < encoded.length; ) written += writeSync(file, encoded, written, null, bytes + written);
      bytes += encoded.length;
      last += 1;
    },
    read(offset) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(0, bytes - offset)));
      return chunk.subarray(0, readSync(file, chunk, 0, chunk.length, offset));
    },
    bytes: () => bytes,
    close: () => closeSync(file),
  };
}

/** One more than there are lines, for the end that a killed relay could not write. */
function lastNumber(path: string): number {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let first: number | null = null;
    let lines = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      first ??= Number(/^\{"n":(\d+),/.exec(chunk.toString('latin1', 0, 32))?.[1] ?? 1);
      for (let at = chunk.indexOf(newline); at >= 0 && at < read; at = chunk.indexOf(newline, at + 1)) lines += 1;
    }
    return first === null ? 0 : first + lines;
  } finally {
    closeSync(file);
  }
}
