import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangeSummary, LeftOut } from '#lib/core/change.ts';
import { flushFiles } from './flush-files.ts';
import { type CommitChange, listChanges } from './list-changes.ts';
import { type ObjectReader, openObjectReader } from './object-reader.ts';
import { readTrailers } from './read-commit.ts';
import { summarizeChanges } from './summarize-changes.ts';
import { ancestors, findPathFault } from './tree-path.ts';
import { modesByPath } from './tree-trailer.ts';
import { createTreeWriter, type TreeWriter } from './tree-writer.ts';

export type RestoreInput = { store: string; tree: string; from: string; to: string; leftOut: LeftOut[] };

type Difference = { path: string; mode: string; oid: string; sameBytes: boolean };

/**
 * Turns a tree that holds commit `from` into one that holds `to`, touching only what differs. Each file is replaced in one step and the whole
 * may be called again after a crash. What no checkpoint holds is never deleted: where it is in the way it is moved aside to `<name>.kept`.
 */
export async function restoreTree({ store, tree, from, to, leftOut }: RestoreInput): Promise<{ summary: ChangeSummary }> {
  await using reader = openObjectReader(store);
  const [changes, [before, after]] = await Promise.all([listChanges({ store, from, to }), readTrailers(store, from, to)]);
  const summary = summarizeChanges(changes, before, after, leftOut);
  const differences = changes.flatMap(toDifferences);
  if (summary.fileCount === 0) return { summary };
  const [oldModes, newModes] = [modesByPath(before), modesByPath(after)];
  const staging = `${tree}.restoring`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const keep = new Set(leftOut.filter(({ reason }) => reason !== 'dependency-folder').map(({ path }) => path));
  const writer = createTreeWriter({ tree, staging, keep });
  const written = differences.filter(({ mode }) => mode !== '000000');
  const removed = differences.filter(({ mode }) => mode === '000000').map(({ path }) => path);
  const modeOf = (path: string, mode: string) => newModes.get(path) ?? (mode === '100755' ? 0o755 : 0o644);

  const standing = new Set(after.empty.flatMap((leaf) => [leaf, ...ancestors(leaf)]));
  const submodules = written.filter(({ mode }) => mode === '160000').map(({ path }) => path);
  for (const path of [...removed, ...submodules]) await writer.removeFile(path);
  for (const path of deepestFirst([
    ...removed,
    ...removed.flatMap(ancestors),
    ...before.empty.flatMap((leaf) => [leaf, ...ancestors(leaf)]),
  ])) {
    if (!standing.has(path)) await writer.removeFolderIfEmpty(path);
  }
  for (const difference of written) await writePath(writer, reader, difference, modeOf(difference.path, difference.mode));
  for (const leaf of after.empty) if (!before.empty.includes(leaf)) await writer.makeFolder(leaf);
  const set = new Set(written.map(({ path }) => path));
  const changed = [...oldModes.keys(), ...newModes.keys()].filter((path) => oldModes.get(path) !== newModes.get(path) && !set.has(path));
  for (const path of deepestFirst([...changed, ...writer.touchedFolders()])) await writer.setMode(path, newModes.get(path) ?? null);
  await flushFiles(written.filter(({ mode }) => mode.startsWith('100')).map(({ path }) => join(tree, path)));
  await rm(staging, { recursive: true, force: true });
  return { summary };
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
  if (oldPath !== undefined) return [gone(oldPath), { path, mode, oid, sameBytes: false }];
  return [{ path, mode, oid, sameBytes: oldMode.startsWith('100') && mode.startsWith('100') && oldOid === oid }];
}

function gone(path: string): Difference {
  return { path, mode: '000000', oid: '', sameBytes: false };
}

function deepestFirst(paths: string[]): string[] {
  return [...new Set(paths)].sort((a, b) => b.split('/').length - a.split('/').length);
}
