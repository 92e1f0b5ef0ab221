import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkOutTree } from '#lib/git/check-out-tree.ts';
import { commitChanges } from '#lib/git/commit-changes.ts';
import { createStore } from '#lib/git/create-store.ts';
import { listNewTree } from '#lib/git/list-new-tree.ts';
import { checkpointRef, setRefs } from '#lib/git/refs.ts';
import { restoreTree } from '#lib/git/restore-tree.ts';
import { scanTree } from '#lib/git/scan-tree.ts';
import { readMarker, writeMarker } from '#lib/git/tree-marker.ts';
import { type Figure, milliseconds, percentile, repeat, timed } from './measure.ts';

const run = promisify(execFile);
const rounds = 15;
const author = { name: 'Bench', email: 'bench@choir.invalid' };

/** A checkpoint and a revert of one changed file, beside what plain git takes for the same in the same tree. */
export async function benchCheckpoints(sizes: number[] = [1_000, 10_000, 50_000]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const files of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'choir-bench-'));
    try {
      figures.push(...(await benchSize(folder, files)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return figures;
}

async function benchSize(folder: string, files: number): Promise<Figure[]> {
  const store = join(folder, 'store.git');
  const seed = join(folder, 'seed');
  await writeFiles(seed, files);
  await createStore(store);
  const base = { store, author, at: new Date(), leftOutBefore: [] };
  const first = await commitChanges({ ...base, parentCommit: null, changes: await listNewTree(seed), message: 'base' });
  const tree = join(folder, 'tree');
  const checkOut = await timed(() => checkOutTree({ store, commit: first.commit, tree }));

  const path = 'folder-3/part-1/file-13.txt';
  const source = join(tree, path);
  const commits = [first.commit];
  const checkpoint = await repeat(rounds, async (index) => {
    await appendFile(source, `line ${index}\n`);
    const { commit } = await commitChanges({
      ...base,
      parentCommit: commits.at(-1) ?? null,
      changes: [{ path, kind: 'file', source }],
      message: 'step',
    });
    await setRefs({ store, refs: { [checkpointRef('bench', index)]: commit } });
    commits.push(commit);
  });
  const revert = await repeat(rounds, async (index) => {
    const [from = '', to = ''] = [commits.at(-1 - index), commits.at(-2 - index)];
    await restoreTree({ store, tree, from, to, leftOut: [] });
  });
  const marker = join(folder, 'tree.json');
  await writeMarker(marker, { commit: first.commit, scannedAtMs: checkOut.result.completedAtMs });
  const firstScan = await timed(async () => scanTree({ store, commit: first.commit, tree, marker: await readMarker(marker), leftOut: [] }));
  const scanAll = await timed(() => scanTree({ store, commit: first.commit, tree, marker: null, leftOut: [] }));
  await writeMarker(marker, { commit: first.commit, scannedAtMs: Date.now() });
  const scan = await repeat(5, async () => scanTree({ store, commit: first.commit, tree, marker: await readMarker(marker), leftOut: [] }));

  const git = (...args: string[]) => run('git', ['-C', tree, '-c', 'user.name=b', '-c', 'user.email=b@b', '-c', 'gc.auto=0', ...args]);
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=base');
  const plainCheckpoint = await repeat(5, async (index) => {
    await appendFile(source, `line ${index}\n`);
    await git('add', '--all');
    await git('commit', '--quiet', '--message=step');
  });
  const plainRevert = await repeat(4, () => git('reset', '--quiet', '--hard', 'HEAD~1'));

  const median = (times: number[]) => percentile(times, 0.5);
  const against = (ours: number[], plain: number[], name: string) =>
    `p50 ${milliseconds(median(ours))}  p99 ${milliseconds(percentile(ours, 0.99))}  (${name} ${milliseconds(median(plain))}, ${(median(plain) / median(ours)).toFixed(1)}x)`;
  const what = (name: string) => `${name}, one file of ${files.toLocaleString('en')}`;
  return [
    { what: what('checkpoint'), value: against(checkpoint, plainCheckpoint, 'git add -A + commit'), aim: 'under 50 ms' },
    { what: what('revert'), value: against(revert, plainRevert, 'git reset --hard'), aim: 'under 50 ms' },
    {
      what: what('scan for edits by hand, none made'),
      value: `p50 ${milliseconds(median(scan))}  (right after the first tree ${milliseconds(firstScan.ms)}, whole comparison ${milliseconds(scanAll.ms)})`,
    },
    { what: `first tree of ${files.toLocaleString('en')} files`, value: milliseconds(checkOut.ms) },
  ];
}

async function writeFiles(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const at = join(folder, `folder-${index % 10}`, `part-${Math.floor(index / 10) % Math.max(1, Math.ceil(count / 500))}`);
    if (index < 10 * Math.ceil(count / 500)) await mkdir(at, { recursive: true });
    await writeFile(join(at, `file-${index}.txt`), `file ${index}\n`.repeat(20));
  }
}
