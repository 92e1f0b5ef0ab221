import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangeSummary, LeftOut } from '#lib/core/change.ts';
import { type CommitChange, listChanges } from '../diff/list-changes.ts';
import { summarizeChanges } from '../diff/summarize-changes.ts';
import { flushFiles } from '../objects/flush-files.ts';
import { hashEntry } from '../objects/hash-source.ts';
import { type ObjectReader, openObjectReader } from '../objects/object-reader.ts';
import { openPathIndex } from '../objects/path-index.ts';
import { readTrailers } from '../objects/read-commit.ts';
import { ancestors, findPathFault, isWithin } from '../objects/tree-path.ts';
import { modesByPath } from '../objects/tree-trailer.ts';
import { createTreeWriter, type TreeWriter } from '../objects/tree-writer.ts';

/**
 * `leftOut` lies in the tree and in no checkpoint. `recovering`: a crash came between, and the tree may hold what neither commit knows. Once `signal`
 * aborts, no further path is touched: the tree may be in other hands.
 */
export type RestoreInput = {
  store: string;
  tree: string;
  from: string;
  to: string;
  leftOut: LeftOut[];
  recovering?: boolean;
  signal?: AbortSignal;
};

/** `oldOid`: what `from` has at the path, empty for nothing. */
type Difference = { path: string; mode: string; oid: string; oldOid: string; sameBytes: boolean };

/**
 * Turns a tree that holds commit `from` into one that holds `to`, touching only what differs. Each file is replaced in one step and the whole
 * may be called again after a crash. What no checkpoint holds is never deleted: where it is in the way it is moved aside to `<name>.kept`.
 * Gives back which of `leftOut` is still that.
 */
export async function restoreTree(input: RestoreInput): Promise<{ summary: ChangeSummary; leftOut: LeftOut[] }> {
  const { store, tree, from, to, leftOut, recovering = false, signal } = input;
  const each = <Value>(values: Iterable<Value>) => untilAborted(values, signal);
  await using reader = openObjectReader(store);
  const [changes, [before, after]] = await Promise.all([listChanges({ store, from, to }), readTrailers(store, from, to)]);
  const summary = summarizeChanges(changes, before, after, leftOut);
  const differences = changes.flatMap(toDifferences);
  if (summary.fileCount === 0) return { summary, leftOut };
  const [oldModes, newModes] = [modesByPath(before), modesByPath(after)];
  signal?.throwIfAborted();
  const staging = `${tree}.restoring`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const keep = new Set(leftOut.filter(({ reason }) => reason !== 'dependency-folder').map(({ path }) => path));
  const writer = createTreeWriter({ tree, staging, keep });
  const written = differences.filter(({ mode }) => mode !== '000000');
  const mayBeForeign = new Set([...leftOut, ...after.leftOut].map(({ path }) => path));
  const isForeign = async ({ path, oid, oldOid }: Difference) => {
    if (!recovering && !isWithin(path, mayBeForeign)) return false;
    const found = await hashEntry(join(tree, path));
    return found !== null && found !== oid && found !== oldOid;
  };
  const gone = differences.filter(({ mode }) => mode === '000000');
  const removed: string[] = [];
  for (const difference of gone) if (!(await isForeign(difference))) removed.push(difference.path);
  const modeOf = (path: string, mode: string) => newModes.get(path) ?? (mode === '100755' ? 0o755 : 0o644);

  const standing = new Set(after.empty.flatMap((leaf) => [leaf, ...ancestors(leaf)]));
  const submodules = written.filter(({ mode }) => mode === '160000').map(({ path }) => path);
  for (const path of each([...removed, ...submodules])) await writer.removeFile(path);
  const emptied = deepestFirst([...removed, ...removed.flatMap(ancestors), ...before.empty.flatMap((leaf) => [leaf, ...ancestors(leaf)])]);
  for (const path of each(emptied)) {
    if (!standing.has(path)) await writer.removeFolderIfEmpty(path);
  }
  if (recovering) for (const difference of each(written)) if (await isForeign(difference)) await writer.setAside(difference.path);
  for (const difference of each(written)) await writePath(writer, reader, difference, modeOf(difference.path, difference.mode));
  for (const leaf of each(after.empty)) if (!before.empty.includes(leaf)) await writer.makeFolder(leaf);
  const set = new Set(written.map(({ path }) => path));
  const changed = [...oldModes.keys(), ...newModes.keys()].filter((path) => oldModes.get(path) !== newModes.get(path) && !set.has(path));
  for (const path of each(deepestFirst([...changed, ...writer.touchedFolders()]))) await writer.setMode(path, newModes.get(path) ?? null);
  await flushFiles(written.filter(({ mode }) => mode.startsWith('100')).map(({ path }) => join(tree, path)));
  await rm(staging, { recursive: true, force: true });
  return { summary, leftOut: await stillLeftOut(store, to, leftOut) };
}

function* untilAborted<Value>(values: Iterable<Value>, signal: AbortSignal | undefined): Generator<Value> {
  for (const value of values) {
    signal?.throwIfAborted();
    yield value;
  }
}

/** What gave way to a path of the checkpoint is left out no more: under its new name it is looked at afresh. */
async function stillLeftOut(store: string, commit: string, leftOut: LeftOut[]): Promise<LeftOut[]> {
  if (leftOut.length === 0) return leftOut;
  await using index = await openPathIndex(store, commit);
  const held = await Promise.all(leftOut.map(({ path, reason }) => reason !== 'dependency-folder' && index.entry(path)));
  return leftOut.filter((_, at) => !held[at]);
}

async function writePath(
  writer: TreeWriter,
  reader: ObjectReader,
  { path, mode, oid, sameBytes }: Difference,
  bits: number,
): Promise<void> {
  if (findPathFault(path)) return;
  if (mode === '160000') return writer.makeFolder(path);
  if (sameBytes && (await writer.chmodFile(path, bits))) return;
  if (mode !== '120000') return writer.writeFile(path, bits, async (onChunk) => void (await reader.copy(oid, onChunk)));
  const target = await reader.read(oid);
  if (target) await writer.writeLink(path, target.bytes);
}

/** A rename is a path that goes and one that comes. */
function toDifferences({ path, oldPath, oldMode, mode, oldOid, oid }: CommitChange): Difference[] {
  if (oldPath !== undefined) return [gone(oldPath, oldOid), { path, mode, oid, oldOid: '', sameBytes: false }];
  return [{ path, mode, oid, oldOid, sameBytes: oldMode.startsWith('100') && mode.startsWith('100') && oldOid === oid }];
}

function gone(path: string, oldOid: string): Difference {
  return { path, mode: '000000', oid: '', oldOid, sameBytes: false };
}

function deepestFirst(paths: string[]): string[] {
  return [...new Set(paths)].sort((a, b) => b.split('/').length - a.split('/').length);
}
