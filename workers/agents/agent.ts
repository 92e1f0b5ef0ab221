import type { AgentDescription } from '#lib/agents/agent-catalog.ts';
import type { AgentProgram } from '#lib/agents/agent-program.ts';
import type { EventData } from '#lib/core/event.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { Rule } from '#lib/core/rule.ts';
import type { CheckpointState, Guidance, RunState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import type { Skill } from '#lib/skills/skill.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import type { McpOffer } from '../mcp/offered-tools.ts';

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
  /** The thread's conversation so far, from the ledger. */
  history(): Promise<HistoryEvent[]>;
  models: ModelAccess;
  /** What persons forbade or allowed here, in their own words. */
  rules: Rule[];
  /** The MCP servers of the project, asked for their tools when this is first called in a run. */
  mcpServers(): Promise<McpOffer[]>;
  skills: SkillAccess;
  /** Shows text while it is typed; it is not kept. */
  type(text: string): void;
};

/** Folders of know-how: the project's, which are files of it, and the person's own, which only Choir can read. */
export type SkillAccess = { list(): Promise<Skill[]>; readOwn(name: string, file?: string): Promise<string | null> };

export type ModelMessages = EventData<'model.answered'>['messages'];

/** The way to a model: always through the gateway, which holds the keys, counts, and enforces the budget. */
export type ModelAccess = {
  /** Providers that have a key or an address. */
  providers: ProviderId[];
  /** `http://gateway/<provider>` is answered by it; anything else fails. */
  fetch: typeof fetch;
  /** Stands for the key; good for this run only. */
  token: string;
};

/** The next thing an agent wants. `takes` are guidance ids that this move answers to; they count as delivered with it. */
export type AgentMove = { takes?: string[] } & (
  | { type: 'plan'; reason: string; steps: PlanStep[]; message?: string }
  | { type: 'call'; stepId: string; call: ToolCall; explanation: string; confidence?: number }
  | { type: 'finish-step'; stepId: string; status: 'done' | 'failed' | 'skipped'; note: string; message?: string }
  | { type: 'ask'; stepId?: string; question: string }
  | { type: 'say'; text: string }
  /** What the agent gathered before it began; the sizes are shown. */
  | { type: 'collect'; parts: { name: string; bytes: number }[]; message?: string }
  /** What a model said: kept whole, so that the next worker can show it to the model again, with the calls that it makes and what it says of the plan. */
  | {
      type: 'answer';
      messages: ModelMessages;
      aside?: EventData<'model.answered'>['aside'];
      text: string;
      calls: { toolCallId: string; stepId?: string; call: ToolCall; explanation: string }[];
      finished: { stepId: string; status: 'done' | 'failed' | 'skipped'; note: string }[];
      plan?: { reason: string; steps: PlanStep[] };
    }
  | { type: 'compact'; summary: string; answerIds: string[]; tokensBefore: number; tokensAfter: number }
  | { type: 'complete'; summary: string }
  | { type: 'fail'; error: string }
);

/** An agent that is a function from what the ledger says to the next move, so a run goes on in any worker after any crash. */
export type MoveAgent = {
  description: AgentDescription;
  next(view: AgentView, signal: AbortSignal): Promise<AgentMove>;
};

/** An agent that is a program of its own and lives in a sandbox for a whole turn: see workers/session. */
export type TerminalAgent = { description: AgentDescription; program: AgentProgram };

export type Agent = MoveAgent | TerminalAgent;
