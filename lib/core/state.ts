import type { ApprovalDecision, PinnedAction, RememberScope } from './approval.ts';
import type { ChangeSummary, PartPlace } from './change.ts';
import type { CheckpointData, EventData, FaceName, RevertScope, RunMode } from './event.ts';
import type { RunCost } from './limits/run-cost.ts';
import type { Judgement, RunLimits } from './limits/run-limits.ts';
import type { PlanStep } from './plan.ts';
import type { ToolCall, ToolResult } from './tool.ts';
import type { Verdict } from './verdict.ts';

/** Raised with every change of the fold or of the state's shape: snapshots of older versions are not read any more. */
export const foldVersion = 19;
/** Rows of the conversation that a state holds; older ones are folded again from older events. */
export const itemWindow = 120;
/** Checkpoints that a state holds, newest last; older ones are rows in the database. */
export const checkpointWindow = 200;

/** Calls that a run's state holds once they are finished. */
export const finishedCallWindow = 200;
/** Approvals that a run's state holds once they are closed. */
export const closedApprovalWindow = 100;
/** Marks that a step's state holds, newest last: a revert to before all of them finds it not begun. */
export const markWindow = 200;

/** `cause`: what a person did it by, such as an update of Telegram. */
export type Origin = { actor: 'person' | 'agent' | 'choir'; userId?: string; agentId?: string; via?: FaceName; cause?: string };

export type RunStatus = 'queued' | 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled';

type StepStatus = 'pending' | 'running' | 'done' | 'failed' | 'skipped';

/** What became of a step at the event `seq`; `running` also for each call that it proposed. */
export type StepMark = { seq: number; status: StepStatus; note: string };

export type StepState = PlanStep & { status: StepStatus; note: string; attempts: number; marks: StepMark[] };

export type CallStatus = 'proposed' | 'waiting' | 'running' | 'finished';

export type CallState = {
  callId: string;
  stepId?: string;
  call: ToolCall;
  explanation: string;
  confidence?: number;
  verdict: Verdict;
  status: CallStatus;
  baseCheckpointId?: string;
  startedAt?: string;
  network: boolean;
  result?: ToolResult;
  /** It was not done because the person asked for something else instead. */
  modified?: true;
  checkpointId?: string;
};

/** Words of a person to a working run. With `approvalId` they came with the answer to that approval. */
export type Guidance = {
  guidanceId: string;
  text: string;
  at: string;
  delivered: boolean;
  approvalId?: string;
  attachments?: string[];
  userId?: string;
  via?: FaceName;
};

type Answer = {
  decision: ApprovalDecision;
  note: string;
  at: string;
  remember?: RememberScope;
  keepPaths?: string[];
  dropHunks?: PartPlace[];
};

/** What a person chose. */
export type GivenAnswer = Pick<Answer, 'decision' | 'keepPaths' | 'dropHunks'>;

export type ApprovalState = {
  approvalId: string;
  runId: string;
  kind: EventData<'approval.requested'>['kind'];
  callId?: string;
  stepId?: string;
  action: PinnedAction;
  reason: string;
  requestedAt: string;
  answer?: Answer & Origin;
  deliveredAt?: string;
  executed?: { at: string; outcome: string };
  withdrawn?: { at: string; reason: string };
};

/** Time in a worker's hands, without waits; `until`: the last sign of the worker that has the run now. */
export type RunClock = { workedMs: number; until: string | null };

/** The newest run of the thread, with all that the worker needs to go on with it. */
export type RunState = {
  runId: string;
  goalId: string;
  goal: string;
  agent: string;
  agentReason: string;
  mode: RunMode;
  dryRun: boolean;
  status: RunStatus;
  queuedAt: string;
  startedAt?: string;
  endedAt?: string;
  outcome?: string;
  /** Of a run that is completed: as it was said at its end. */
  extent?: RunExtent;
  planRevision: number;
  steps: StepState[];
  calls: CallState[];
  guidance: Guidance[];
  /** Approvals of this run, answered ones too, oldest first. */
  approvals: ApprovalState[];
  /** Of what an approval was for that `approvals` holds no more, a person kept only some. */
  isLeftOut?: boolean;
  /** As they stand now: raised where a person let the run go on past one. */
  limits: RunLimits;
  /** What the agent did so far: answers of a model, plans, and calls that no model's answer made. */
  iterations: number;
  clock: RunClock;
  /** `seq` of the event by which the worker that has the run took it; 0 before the first. Whoever took it earlier may write nothing more. */
  take: number;
  preflighted: boolean;
  judgement: Judgement;
  model?: string;
  cost: RunCost;
  /** Why the gateway let no call through, until one goes through again; `leastUsd`: what that call costs at least, null where no price is known. */
  refusal: { message: string; leastUsd: number | null } | null;
  /** A person let it call models that no budget can count. */
  isUnpricedAllowed: boolean;
  session: SessionState | null;
};

/** The process that a terminal agent lives in. `line`: how far the ledger has heard it; what comes before is old when it is replayed. */
export type SessionState = {
  sessionId: string;
  agentSessionId: string;
  restarts: number;
  line: number;
  ended?: EventData<'session.ended'>['reason'];
};

export type CheckpointState = Omit<CheckpointData, 'changes'> & {
  changes: ChangeSummary;
  seq: number;
  at: string;
  actor: Origin['actor'];
  runId?: string;
  name?: string;
  /** The conversation's hidden ranges when this checkpoint was made. */
  hidden: SeqRange[];
};

/** Inclusive. */
export type SeqRange = [from: number, to: number];

type ItemBase = { key: string; seq: number; at: string; runId?: string } & Origin;

/** One row of the conversation. A face maps each `kind` to one renderer. */
export type Item =
  | (ItemBase & { kind: 'goal'; text: string; attachments?: string[] })
  | (ItemBase & { kind: 'guidance' } & Omit<Guidance, 'at'>)
  | (ItemBase & { kind: 'message'; text: string })
  /** `isReplaced`: the run goes by a later plan; what was open in this one stays so. */
  | (ItemBase & { kind: 'plan'; revision: number; reason: string; steps: StepState[]; isReplaced?: boolean })
  | (ItemBase & { kind: 'call' } & CallState)
  | (ItemBase & { kind: 'approval'; approval: ApprovalState })
  | (ItemBase & { kind: 'checkpoint'; checkpoint: CheckpointState })
  | (ItemBase & {
      kind: 'revert';
      /** It takes back going back. */
      isUndo: boolean;
      checkpointId: string;
      fromCheckpointId: string;
      scope: RevertScope;
      reason: string;
      changes: ChangeSummary;
      cannotUndo: string[];
    })
  | (ItemBase & { kind: 'notice'; tone: 'info' | 'warn'; text: string; details: string[] })
  | (ItemBase & {
      kind: 'run-ended';
      status: 'completed' | 'failed' | 'cancelled';
      extent: RunExtent;
      text: string;
      /** How much of `text`, in characters, the agent's last message, just above, says already. */
      saidLength: number;
      /** Its waits for a person left out. */
      workedMs: number;
      cost: RunCost;
    });
export type ItemKind = Item['kind'];

/** How much of its plan a run did; a part also where a person kept only some of what it made. */
export type RunExtent = 'whole' | 'part' | 'nothing';

export type ThreadState = {
  threadId: string;
  workspaceId: string;
  projectId: string;
  projectName: string;
  title: string;
  seq: number;
  createdAt: string;
  updatedAt: string;
  run: RunState | null;
  currentCheckpointId: string | null;
  checkpoints: CheckpointState[];
  checkpointCount: number;
  hidden: SeqRange[];
  /**
   * The newest revert, with the hidden ranges as they stood before it: going back to `fromCheckpointId` undoes it. `undoes`: the reverts that it
   * undid in its turn, newest first.
   */
  lastRevert: { seq: number; scope: RevertScope; fromCheckpointId: string; hiddenBefore: SeqRange[]; undoes: number[] } | null;
  items: Item[];
  /** Items that fell out of the window: read them from events before `items[0].seq`. */
  hasOlderItems: boolean;
};

export const emptyThread: ThreadState = {
  threadId: '',
  workspaceId: '',
  projectId: '',
  projectName: '',
  title: '',
  seq: 0,
  createdAt: '',
  updatedAt: '',
  run: null,
  currentCheckpointId: null,
  checkpoints: [],
  checkpointCount: 0,
  hidden: [],
  lastRevert: null,
  items: [],
  hasOlderItems: false,
};

export type ActiveRun = RunState & { status: 'queued' | 'running' | 'waiting' };

/** How the reason for an agent begins that nobody named. */
export const bestFitReason = 'the default';

/** Whether Choir chose who works, and chooses anew for the next goal. */
export function isBestFit({ agentReason }: Pick<RunState, 'agentReason'>): boolean {
  return agentReason.startsWith(bestFitReason);
}

/** Whether a run has not come to its end. */
export function isActive(run: RunState | null): run is ActiveRun {
  return run !== null && (run.status === 'queued' || run.status === 'running' || run.status === 'waiting');
}

/** Whether a step is still to be done. */
export function isOpenStep({ status }: Pick<StepState, 'status'>): boolean {
  return status === 'pending' || status === 'running';
}

/** Questions of the newest run that nobody answered or withdrew, oldest first. */
export function openApprovals({ run }: Pick<ThreadState, 'run'>): ApprovalState[] {
  return run?.approvals.filter((approval) => !approval.answer && !approval.withdrawn) ?? [];
}

/** The checkpoint that the tree stands on; null before the first, and where it is older than the window of the state. */
export function currentCheckpoint(state: ThreadState): CheckpointState | null {
  return state.checkpoints.findLast((checkpoint) => checkpoint.checkpointId === state.currentCheckpointId) ?? null;
}

/** Whether the event at `seq` was taken back by a revert of the conversation. */
export function isHidden(hidden: SeqRange[], seq: number): boolean {
  return hidden.some(([from, to]) => seq >= from && seq <= to);
}
