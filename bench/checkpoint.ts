import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { commitChanges } from '#lib/git/commit/commit-changes.ts';
import { createStore } from '#lib/git/store/create-store.ts';
import { checkpointRef, setRefs } from '#lib/git/store/refs.ts';
import { checkOutTree } from '#lib/git/tree/check-out-tree.ts';
import { listNewTree } from '#lib/git/tree/list-new-tree.ts';
import { restoreTree } from '#lib/git/tree/restore-tree.ts';
import { scanTree } from '#lib/git/tree/scan-tree.ts';
import { clockToleranceMs, readMarker, writeMarker } from '#lib/git/tree/tree-marker.ts';
import { changedPath, settleDisk, writeFiles } from './large-project.ts';
import { type Figure, median, milliseconds, percentile, repeat, timed, under } from './measure.ts';

const run = promisify(execFile);
const sizes = [1_000, 10_000, 50_000];
const rounds = 15;
const plainRounds = 5;
const author = { name: 'Bench', email: 'bench@choir.invalid' };

/** A checkpoint and a revert of one changed file, beside what plain git takes for the same in the same tree. */
export async function benchCheckpoints(): Promise<Figure[]> {
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
  const marker = join(folder, 'tree.json');
  await writeMarker(marker, { commit: first.commit, scannedAtMs: checkOut.result.completedAtMs });
  const look = async () => scanTree({ store, commit: first.commit, tree, marker: await readMarker(marker), leftOut: [] });
  const firstLook = await timed(look);
  const lookAtAll = await timed(() => scanTree({ store, commit: first.commit, tree, marker: null, leftOut: [] }));
  settleDisk();
  await setTimeout(2 * clockToleranceMs);
  await writeMarker(marker, { commit: first.commit, scannedAtMs: Date.now() });
  const laterLooks = await repeat(plainRounds, look);

  const source = join(tree, changedPath);
  const commits = [first.commit];
  const checkpoint = await repeat(rounds, async (index) => {
    await appendFile(source, `line ${index}\n`);
    const { commit } = await commitChanges({
      ...base,
      parentCommit: commits.at(-1) ?? null,
      changes: [{ path: changedPath, kind: 'file', source }],
      message: 'step',
    });
    await setRefs({ store, refs: { [checkpointRef('bench', index)]: commit } });
    commits.push(commit);
  });
  const revert = await repeat(rounds, async (index) => {
    const [from = '', to = ''] = [commits.at(-1 - index), commits.at(-2 - index)];
    await restoreTree({ store, tree, from, to, leftOut: [] });
  });
  const plain = await benchPlainGit(tree, source);

  const aim = (times: number[]) => (files === 50_000 ? { aim: under(50, median(times)) } : {});
  const against = (ours: number[], theirs: number[], name: string) =>
    `p50 ${milliseconds(median(ours))}  p99 ${milliseconds(percentile(ours, 0.99))}  (${name} ${milliseconds(median(theirs))}, ${(median(theirs) / median(ours)).toFixed(1)}x)`;
  const what = (name: string) => `${name}, one file of ${files.toLocaleString('en')}`;
  return [
    { what: what('checkpoint'), value: against(checkpoint, plain.checkpoint, 'git add -A, commit'), ...aim(checkpoint) },
    { what: what('revert'), value: against(revert, plain.revert, 'git reset --hard'), ...aim(revert) },
    {
      what: `look for edits by hand in ${files.toLocaleString('en')}`,
      value: `p50 ${milliseconds(median(laterLooks))}  (right after the first tree ${milliseconds(firstLook.ms)}, every byte ${milliseconds(lookAtAll.ms)})`,
    },
    { what: `first tree of ${files.toLocaleString('en')} files`, value: milliseconds(checkOut.ms) },
  ];
}

async function benchPlainGit(tree: string, source: string): Promise<{ checkpoint: number[]; revert: number[] }> {
  const git = (...args: string[]) => run('git', ['-C', tree, '-c', 'user.name=b', '-c', 'user.email=b@b', '-c', 'gc.auto=0', ...args]);
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=base');
  const checkpoint = await repeat(plainRounds, async (index) => {
    await appendFile(source, `plain line ${index}\n`);
    await git('add', '--all');
    await git('commit', '--quiet', '--message=step');
  });
  return { checkpoint, revert: await repeat(plainRounds, () => git('reset', '--quiet', '--hard', 'HEAD~1')) };
}
