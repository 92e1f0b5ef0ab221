import { finished, spawnGit } from '../store/run-git.ts';

export type GitObject = { oid: string; type: string; size: number };

/**
 * Objects of a store by id, over one `git cat-file --batch` process; one read at a time. `read` holds the object in memory, `copy` hands its bytes
 * on in pieces. null: there is no such object. Dispose of it when done.
 */
export type ObjectReader = AsyncDisposable & {
  read(name: string): Promise<(GitObject & { bytes: Buffer }) | null>;
  copy(name: string, onChunk: (chunk: Buffer) => Promise<void>): Promise<GitObject | null>;
};

/** Opens a reader over a store; see `ObjectReader`. */
export function openObjectReader(store: string): ObjectReader {
  const child = spawnGit({ store, args: ['cat-file', '--batch'] });
  const end = finished(child, 'cat-file');
  end.catch(() => {});
  const chunks: AsyncIterator<Buffer> = child.stdout[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<Buffer> {
    const next = await chunks.next();
    if (next.done) {
      await end;
      throw new Error('git cat-file ended early');
    }
    return next.value;
  }

  async function readLine(): Promise<string> {
    let stop = rest.indexOf(10);
    while (stop < 0) {
      rest = Buffer.concat([rest, await more()]);
      stop = rest.indexOf(10);
    }
    const line = rest.subarray(0, stop).toString();
    rest = rest.subarray(stop + 1);
    return line;
  }

  async function copy(name: string, onChunk: (chunk: Buffer) => Promise<void>): Promise<GitObject | null> {
    if (name.includes('\n')) throw new Error('An object name holds a line break.');
    child.stdin.write(`${name}\n`);
    const line = await readLine();
    const [, oid, type, digits] = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(line) ?? [];
    if (!oid || !type) return null;
    const size = Number(digits);
    for (let left = size; left > 0; ) {
      if (rest.length === 0) rest = await more();
      const chunk = rest.subarray(0, left);
      rest = rest.subarray(chunk.length);
      left -= chunk.length;
      await onChunk(chunk);
    }
    await readLine();
    return { oid, type, size };
  }

  return {
    copy,
    async read(name) {
      const parts: Buffer[] = [];
      const object = await copy(name, async (chunk) => {
        parts.push(chunk);
      });
      return object && { ...object, bytes: Buffer.concat(parts) };
    },
    async [Symbol.asyncDispose]() {
      // Whoever stopped inside an object left bytes unread: git would wait for a reader, and this for git.
      child.stdout.destroy();
      child.kill('SIGKILL');
      await end.catch(() => {});
    },
  };
}
