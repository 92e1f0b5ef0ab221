import type { AgentDescription } from '#lib/agents/agent-catalog.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { CheckpointState, Guidance, RunState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';

/** What is known of the project without asking a tool: taken from the current checkpoint, so it is cheap and the same after a restart. */
export type ProjectSummary = {
  name: string;
  fileCount: number /** up to 2,000, sorted */;
  files: string[] /** at most 64 KiB; null when absent or larger */;
  readFile(path: string): Promise<string | null>;
};

/** Everything an agent decides from: the folded run, and the project. Nothing is remembered between two calls. */
export type AgentView = {
  run: RunState;
  project: ProjectSummary;
  checkpoints: CheckpointState[];
  currentCheckpointId: string;
  /** Undelivered words of the person, oldest first. A move that heeds them names them in `takes`. */
  guidance: Guidance[];
};

/** The next thing an agent wants. `takes` are guidance ids that this move answers to; they count as delivered with it. */
export type AgentMove = { takes?: string[] } & (
  | { type: 'plan'; reason: string; steps: PlanStep[]; message?: string }
  | { type: 'call'; stepId: string; call: ToolCall; explanation: string; confidence?: number }
  | { type: 'finish-step'; stepId: string; status: 'done' | 'failed' | 'skipped'; note: string; message?: string }
  | { type: 'ask'; stepId: string; question: string }
  | { type: 'say'; text: string }
  | { type: 'complete'; summary: string }
  | { type: 'fail'; error: string }
);

/** An agent is a function from what the ledger says to the next move, so a run goes on in any worker after any crash. */
export type Agent = {
  description: AgentDescription;
  next(view: AgentView, signal: AbortSignal): Promise<AgentMove>;
};
