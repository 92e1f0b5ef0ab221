import { createGate } from '../store/gate.ts';
import { openObjectReader } from './object-reader.ts';
import { readCommit } from './read-commit.ts';
import { type IndexedPath, kindOf } from './tree-index.ts';
import { ancestors } from './tree-path.ts';
import { modesByPath, readTrailer } from './tree-trailer.ts';

/** What a checkpoint has at single paths, read folder by folder as it is asked for: what that costs does not grow with the tree. */
export type PathIndex = AsyncDisposable & {
  /** undefined: nothing there, or the root itself. */
  entry(path: string): Promise<IndexedPath | undefined>;
  /** Names in a folder ('' is the root); none when there is no such folder. */
  names(folder: string): Promise<ReadonlySet<string>>;
};

type Folder = ReadonlyMap<string, IndexedPath>;

/** Throws GitError when the store has no such commit. */
export async function openPathIndex(store: string, commit: string): Promise<PathIndex> {
  const { tree, message } = await readCommit(store, commit);
  const trailer = readTrailer(message);
  const modes = modesByPath(trailer);
  const standing = new Set(trailer.empty.flatMap((leaf) => [leaf, ...ancestors(leaf)]));
  const namesOfStanding = Map.groupBy(standing, (path) => split(path).folder);
  const folders = new Map<string, Promise<Folder>>();
  const reader = openObjectReader(store);
  const oneAtATime = createGate(1);

  function read(path: string): Promise<Folder> {
    const known = folders.get(path) ?? readFolder(path);
    folders.set(path, known);
    return known;
  }

  async function readFolder(path: string): Promise<Folder> {
    const entry = path === '' ? { kind: 'folder', oid: tree } : await inGit(path);
    if (entry?.kind !== 'folder') return new Map();
    const object = await oneAtATime(() => reader.read(entry.oid));
    return object?.type === 'tree' ? parseTree(object.bytes) : new Map();
  }

  async function inGit(path: string): Promise<IndexedPath | undefined> {
    const { folder, name } = split(path);
    return (await read(folder)).get(name);
  }

  return {
    async entry(path) {
      if (path === '') return undefined;
      const known = (await inGit(path)) ?? (standing.has(path) ? ({ kind: 'folder', mode: 0o755, oid: '' } as const) : undefined);
      return known && { ...known, mode: modes.get(path) ?? known.mode };
    },
    async names(folder) {
      const alone = namesOfStanding.get(folder) ?? [];
      return new Set([...(await read(folder)).keys(), ...alone.map((path) => split(path).name)]);
    },
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

function split(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}

/** A tree object is a row of `<mode> <name>\0<20 bytes of id>`. */
function parseTree(bytes: Buffer): Folder {
  const entries = new Map<string, IndexedPath>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    entries.set(bytes.toString('utf8', space + 1, end), { ...kindOf(mode), oid: bytes.toString('hex', end + 1, end + 21) });
    at = end + 21;
  }
  return entries;
}
