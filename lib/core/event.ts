import { z } from 'zod';
import { approvalDecisions, approvalKinds, PinnedAction } from './approval.ts';
import { ChangeSummary } from './change.ts';
import { PlanStep } from './plan.ts';
import { ToolCall, ToolResult } from './tool.ts';
import { Verdict } from './verdict.ts';

export const runModes = ['plan', 'assisted', 'autonomous'] as const;
export type RunMode = (typeof runModes)[number];
export const revertScopes = ['code', 'conversation', 'both'] as const;
export type RevertScope = (typeof revertScopes)[number];
export const faces = ['pwa', 'telegram', 'cli', 'api'] as const;
export type FaceName = (typeof faces)[number];
export const checkpointKinds = ['base', 'step', 'person', 'parked', 'timed'] as const;

const envelope = {
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.enum(['person', 'agent', 'choir']),
  userId: z.string().optional(),
  agentId: z.string().optional(),
  via: z.enum(faces).optional(),
  runId: z.string().optional(),
  parentEventId: z.string().optional(),
};
const stored = { position: z.number().int(), threadId: z.string(), seq: z.number().int().positive() };

function event<Type extends string, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({ ...envelope, type: z.literal(type), data });
}

const RunMode = z.enum(runModes);

const Checkpoint = z.object({
  checkpointId: z.string(),
  number: z.number().int().nonnegative(),
  commit: z.string(),
  parentCommit: z.string().nullable(),
  kind: z.enum(checkpointKinds),
  label: z.string(),
  changes: ChangeSummary,
  callId: z.string().optional(),
  stepId: z.string().optional(),
});

const variants = [
  event('thread.created', z.object({ workspaceId: z.string(), projectId: z.string(), projectName: z.string(), title: z.string() })),
  event('goal.given', z.object({ goalId: z.string(), text: z.string() })),
  event(
    'run.queued',
    z.object({
      goalId: z.string(),
      goal: z.string(),
      agent: z.string(),
      agentReason: z.string(),
      mode: RunMode,
      dryRun: z.boolean(),
      parentRunId: z.string().optional(),
    }),
  ),
  event('run.started', z.object({ workerId: z.string() })),
  event('run.resumed', z.object({ workerId: z.string(), reason: z.enum(['answered', 'recovered', 'retried']) })),
  event('run.completed', z.object({ summary: z.string() })),
  event('run.failed', z.object({ error: z.string() })),
  event('run.cancelled', z.object({ reason: z.string() })),
  event('guidance.given', z.object({ guidanceId: z.string(), text: z.string(), approvalId: z.string().optional() })),
  event('guidance.delivered', z.object({ guidanceIds: z.array(z.string()).min(1) })),
  event('message.posted', z.object({ text: z.string() })),
  event('plan.proposed', z.object({ revision: z.number().int().positive(), reason: z.string(), steps: z.array(PlanStep).min(1).max(200) })),
  event('step.started', z.object({ stepId: z.string() })),
  event('step.finished', z.object({ stepId: z.string(), status: z.enum(['done', 'failed', 'skipped']), note: z.string() })),
  event(
    'tool.proposed',
    z.object({
      callId: z.string(),
      stepId: z.string().optional(),
      call: ToolCall,
      explanation: z.string(),
      confidence: z.number().min(0).max(1).optional(),
      verdict: Verdict,
    }),
  ),
  event('tool.started', z.object({ callId: z.string(), baseCheckpointId: z.string(), network: z.boolean() })),
  event(
    'tool.finished',
    z.object({
      callId: z.string(),
      result: ToolResult,
      contacted: z.array(z.string()).max(100).optional().describe('host:port of what it reached'),
    }),
  ),
  event(
    'approval.requested',
    z.object({
      approvalId: z.string(),
      kind: z.enum(approvalKinds),
      callId: z.string().optional(),
      stepId: z.string().optional(),
      action: PinnedAction,
      reason: z.string(),
    }),
  ),
  event('approval.answered', z.object({ approvalId: z.string(), decision: z.enum(approvalDecisions), note: z.string() })),
  event('approval.delivered', z.object({ approvalId: z.string() })),
  event('approval.executed', z.object({ approvalId: z.string(), outcome: z.string() })),
  event('approval.withdrawn', z.object({ approvalId: z.string(), reason: z.string() })),
  event('checkpoint.created', Checkpoint),
  event('checkpoint.named', z.object({ checkpointId: z.string(), name: z.string() })),
  event(
    'thread.reverted',
    z.object({
      checkpointId: z.string(),
      scope: z.enum(revertScopes),
      reason: z.string(),
      fromCheckpointId: z.string().describe('current before the revert: reverting to it undoes the revert'),
      changes: ChangeSummary,
      cannotUndo: z.array(z.string()),
      hidden: z.array(z.tuple([z.number().int(), z.number().int()])).describe('ranges of seq that are no longer part of the conversation'),
    }),
  ),
] as const;

/** A fact on its way into a ledger: everything but its place there. */
export const NewEvent = z.discriminatedUnion('type', variants);
export type NewEvent = z.infer<typeof NewEvent>;
export type EventType = NewEvent['type'];
export type EventData<Type extends EventType> = Extract<NewEvent, { type: Type }>['data'];
export type CheckpointData = EventData<'checkpoint.created'>;

/** A fact in a thread's ledger. `seq` counts 1, 2, 3 ... in its thread; `position` grows over all threads. */
export const LedgerEvent = z.intersection(z.object(stored), NewEvent);
export type LedgerEvent = z.infer<typeof LedgerEvent>;

export const eventTypes: readonly EventType[] = variants.map((variant) => variant.shape.type.value);
