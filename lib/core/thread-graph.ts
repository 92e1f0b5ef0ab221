import type { EventData, RevertScope } from './event.ts';
import type { Origin, RunExtent, RunStatus } from './state.ts';

/** A checkpoint as a node of its thread's graph. `parentId` is what was current when it was made; null for the first. `paths`: up to three of what changed. */
export type GraphCheckpoint = {
  checkpointId: string;
  parentId: string | null;
  number: number;
  seq: number;
  at: string;
  kind: EventData<'checkpoint.created'>['kind'];
  label: string;
  name?: string;
  actor: Origin['actor'];
  runId?: string;
  fileCount: number;
  additions: number;
  deletions: number;
  paths: string[];
};

export type GraphRevert = {
  seq: number;
  at: string;
  checkpointId: string;
  fromCheckpointId: string;
  scope: RevertScope;
};

/** `fromSeq` to `toSeq` is what the run stands over; `toSeq` is absent while it is active, `extent` unless it is completed. */
export type GraphRun = {
  runId: string;
  goal: string;
  agent: string;
  status: RunStatus;
  extent?: RunExtent;
  fromSeq: number;
  toSeq?: number;
  at: string;
};

/** Another thread of the project that began at a checkpoint of this one. */
export type GraphBranch = {
  threadId: string;
  title: string;
  checkpointId: string;
  at: string;
  checkpoints: number;
  runStatus: RunStatus | null;
  runExtent: RunExtent | null;
};

/** A stretch of a thread's history, newest first. `origin`: the thread and checkpoint that it began at, where that is another thread's. */
export type ThreadGraph = {
  seq: number;
  current: string | null;
  checkpoints: GraphCheckpoint[];
  reverts: GraphRevert[];
  runs: GraphRun[];
  branches: GraphBranch[];
  origin: { threadId: string; title: string; number: number } | null;
  /** There is more before the oldest checkpoint of this stretch. */
  hasOlder: boolean;
};
