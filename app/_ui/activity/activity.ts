import type { RunStatus } from '#lib/core/state.ts';

/** What `GET /api/activity` answers. */
export type RunFigures = { runs: number; completed: number; failed: number; cancelled: number; costUsd: number; medianMs: number | null };
export type RunMetrics = RunFigures & {
  autonomy: number | null;
  answerMs: number | null;
  byAgent: (RunFigures & { agent: string })[];
  byDay: { day: string; runs: number; failed: number; costUsd: number }[];
};
export type WorkingRun = {
  threadId: string;
  title: string;
  projectName: string;
  runId: string;
  agent: string;
  status: RunStatus;
  openApprovals: number;
  lastLine: string;
  since: string;
  costUsd: number;
};
export type Health = {
  nats: boolean;
  workerPresent: boolean;
  waitingJobs: number;
  providers: readonly string[];
  telegramBot: string | null;
  freeBytes: number;
};
export type Activity = { working: WorkingRun[]; metrics: RunMetrics; health: Health };
