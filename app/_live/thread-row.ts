import type { RunExtent, RunStatus } from '#lib/core/state.ts';

/** One thread of the list, as `GET /api/threads` gives it. */
export type ThreadRow = {
  id: string;
  title: string;
  projectId: string;
  projectName: string;
  runStatus: RunStatus | null;
  /** How much of its plan a completed run did. */
  runExtent: RunExtent | null;
  agent: string | null;
  openApprovals: number;
  lastLine: string;
  seq: number;
  updatedAt: string;
  unread: boolean;
};

/** Threads that a list begins with, and goes on by; and the most it holds: older ones are found by searching. */
export const threadsAtOnce = 200;
export const mostThreads = 1_000;

export type ThreadGroups = { needsYou: ThreadRow[]; running: ThreadRow[]; recent: ThreadRow[] };

/** Who needs the person comes first, then who works, then the rest; the newest of each first. */
export function groupThreads(rows: readonly ThreadRow[]): ThreadGroups {
  const sorted = rows.toSorted((left, right) => right.updatedAt.localeCompare(left.updatedAt));
  const groups: ThreadGroups = { needsYou: [], running: [], recent: [] };
  for (const row of sorted) {
    if (row.openApprovals > 0) groups.needsYou.push(row);
    else if (row.runStatus === 'queued' || row.runStatus === 'running' || row.runStatus === 'waiting') groups.running.push(row);
    else groups.recent.push(row);
  }
  return groups;
}
