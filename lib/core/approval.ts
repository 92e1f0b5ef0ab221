import { z } from 'zod';
import { ChangeSummary } from './change.ts';
import { ReachedLimit } from './limits/run-limits.ts';
import { PlanStep } from './plan.ts';
import { ToolCall, ToolResult } from './tool.ts';

/**
 * Why a person is asked. `effect`: ran in its overlay, keep those bytes? `outside`: may it run, reaching outside?
 * `plan`: may this plan run (its whole effect shown when it was a dry run)? `recovery`: a step failed twice or was interrupted, try again?
 * `unisolated`: there is no sandbox on this machine, may it run anyway? `action`: an agent with a process of its own asks before it acts.
 * `turn`: what came of such an agent's turn, keep it? `budget`: the limit is reached, go on? `prompt`: a terminal waits for an answer.
 */
export const approvalKinds = ['effect', 'outside', 'plan', 'recovery', 'unisolated', 'action', 'turn', 'budget', 'prompt'] as const;
/** How far an approval is remembered: for the same action in this run, this thread, or everywhere. */
export const rememberScopes = ['run', 'thread', 'workspace'] as const;
export type RememberScope = (typeof rememberScopes)[number];
export const approvalDecisions = ['approve', 'reject', 'modify'] as const;
export type ApprovalDecision = (typeof approvalDecisions)[number];

/** What an effect approval shows and pins: `commit` holds exactly the bytes that approve keeps. */
export const Effect = z.object({
  commit: z.string(),
  changes: ChangeSummary,
  result: ToolResult.optional(),
  contacted: z.array(z.string()).optional(),
});
export type Effect = z.infer<typeof Effect>;

/** The exact thing a person answers to. Built by Choir from the action, never from the agent's words; `hash` pins all of it. */
export const PinnedAction = z.object({
  call: ToolCall.optional(),
  steps: z.array(PlanStep).optional(),
  cwd: z.string().default('.'),
  network: z.boolean().default(false),
  baseCheckpointId: z.string(),
  effect: Effect.optional(),
  /** Why the run stopped, and how far it may go when it is let on. */
  budget: ReachedLimit.optional(),
  /** The screen of a terminal that waits, without control characters. */
  screen: z.string().max(20_000).optional(),
  /** It asks for a password: what is typed stands in no event. */
  secret: z.boolean().optional(),
  hash: z.string(),
});
export type PinnedAction = z.infer<typeof PinnedAction>;
