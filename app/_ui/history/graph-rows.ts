import type { GraphBranch, GraphCheckpoint, GraphRevert, GraphRun, ThreadGraph } from '#lib/core/thread-graph.ts';

type RowBase = { key: string; runId?: string };

/** One row of the history, newest first. A run's row stands above all that happened in it. */
export type HistoryRow =
  | (RowBase & { kind: 'run'; run: GraphRun })
  | (RowBase & { kind: 'checkpoint'; checkpoint: GraphCheckpoint })
  | (RowBase & { kind: 'revert'; revert: GraphRevert })
  | (RowBase & { kind: 'branch'; branch: GraphBranch })
  | (RowBase & { kind: 'origin'; origin: NonNullable<ThreadGraph['origin']> });

/** The rows of a graph in the order of the ledger; a branch stands just above the checkpoint that it begins at. */
export function rowsOf({ checkpoints, reverts, runs, branches, origin }: ThreadGraph): HistoryRow[] {
  const runAt = (seq: number) => runs.find(({ fromSeq, toSeq = Number.POSITIVE_INFINITY }) => fromSeq <= seq && seq <= toSeq)?.runId;
  const placed: { seq: number; rank: number; row: HistoryRow }[] = [];
  const place = (seq: number, rank: number, row: HistoryRow) => placed.push({ seq, rank, row });

  for (const run of runs) place(run.toSeq ?? Number.POSITIVE_INFINITY, 2, { kind: 'run', key: run.runId, runId: run.runId, run });
  for (const revert of reverts) place(revert.seq, 0, { kind: 'revert', key: `revert-${revert.seq}`, runId: runAt(revert.seq), revert });
  const seqs = new Map<string, number>();
  for (const checkpoint of checkpoints) {
    seqs.set(checkpoint.checkpointId, checkpoint.seq);
    place(checkpoint.seq, 0, { kind: 'checkpoint', key: checkpoint.checkpointId, runId: runAt(checkpoint.seq), checkpoint });
  }
  for (const branch of branches) {
    const seq = seqs.get(branch.checkpointId);
    if (seq !== undefined) place(seq, 1, { kind: 'branch', key: branch.threadId, runId: runAt(seq), branch });
  }
  const rows = placed.sort((left, right) => right.seq - left.seq || right.rank - left.rank).map(({ row }) => row);
  return origin ? [...rows, { kind: 'origin', key: 'origin', origin }] : rows;
}
