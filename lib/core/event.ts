import { z } from 'zod';
import { approvalDecisions, approvalKinds, PinnedAction, rememberScopes } from './approval.ts';
import { ChangeSummary, HunkPlace, PartPlace } from './change.ts';
import { judgements, RunLimits } from './limits/run-limits.ts';
import { ModelCall } from './model-call.ts';
import { PlanStep, planLimit } from './plan.ts';
import { Rule } from './rule.ts';
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
const StepTitle = z.string().optional().describe('of the step in the plan at that moment');
const Attachments = z.array(z.string().max(4_096)).max(50).optional().describe('paths of the files that came along');

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
  takesBack: z
    .object({ path: z.string(), fromCheckpointId: z.string(), toCheckpointId: z.string(), hunk: HunkPlace.optional(), reason: z.string() })
    .optional()
    .describe('the part of an earlier change that a person took back with this'),
});

const variants = [
  event('thread.created', z.object({ workspaceId: z.string(), projectId: z.string(), projectName: z.string(), title: z.string() })),
  event(
    'goal.given',
    z.object({
      goalId: z.string(),
      text: z.string(),
      attachments: Attachments,
      guidanceIds: z
        .array(z.string())
        .optional()
        .describe('the words to the run before that it is made of: that run ended without having heard them'),
    }),
  ),
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
      limits: RunLimits.optional(),
      judgement: z.enum(judgements).optional(),
      model: z.string().max(200).optional().describe('provider/model, where the person chose one'),
    }),
  ),
  event('run.started', z.object({ workerId: z.string() })),
  event('run.resumed', z.object({ workerId: z.string(), reason: z.enum(['answered', 'recovered', 'retried']) })),
  event(
    'run.completed',
    z.object({ summary: z.string(), extent: z.enum(['whole', 'part', 'nothing']).optional().describe('how much of its plan it did') }),
  ),
  event('run.failed', z.object({ error: z.string() })),
  event('run.cancelled', z.object({ reason: z.string() })),
  event(
    'guidance.given',
    z.object({ guidanceId: z.string(), text: z.string(), approvalId: z.string().optional(), attachments: Attachments }),
  ),
  event('guidance.delivered', z.object({ guidanceIds: z.array(z.string()).min(1) })),
  event(
    'message.posted',
    z.object({ text: z.string(), line: z.number().int().optional().describe('of the session, up to which it is heard') }),
  ),
  event(
    'plan.proposed',
    z.object({ revision: z.number().int().positive(), reason: z.string(), steps: z.array(PlanStep).min(1).max(planLimit) }),
  ),
  event('step.started', z.object({ stepId: z.string(), title: StepTitle })),
  event(
    'step.finished',
    z.object({ stepId: z.string(), title: StepTitle, status: z.enum(['done', 'failed', 'skipped']), note: z.string() }),
  ),
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
  event(
    'approval.answered',
    z.object({
      approvalId: z.string(),
      decision: z.enum(approvalDecisions),
      note: z.string(),
      remember: z.enum(rememberScopes).optional(),
      keepPaths: z.array(z.string()).max(10_000).optional().describe('approve only these paths of the effect'),
      dropHunks: z.array(PartPlace).max(1_000).optional().describe('approve the effect without these parts of its files'),
    }),
  ),
  event('approval.delivered', z.object({ approvalId: z.string() })),
  event('approval.executed', z.object({ approvalId: z.string(), outcome: z.string() })),
  event('approval.withdrawn', z.object({ approvalId: z.string(), reason: z.string() })),
  event('model.called', ModelCall),
  event(
    'model.answered',
    z.object({
      answerId: z.string(),
      messages: z.array(z.record(z.string(), z.json())).describe("what the model said, as the AI SDK's response messages"),
      calls: z.array(z.object({ toolCallId: z.string(), callId: z.string() })),
      aside: z
        .object({ tone: z.enum(['info', 'warn']), text: z.string(), details: z.array(z.string()) })
        .optional()
        .describe('calls that Choir answered without running anything: what a person should see of them'),
    }),
  ),
  event(
    'context.compacted',
    z.object({
      summary: z.string(),
      answerIds: z.array(z.string()).describe('the answers that it stands for'),
      tokensBefore: z.number(),
      tokensAfter: z.number(),
    }),
  ),
  event(
    'context.collected',
    z.object({ parts: z.array(z.object({ name: z.string(), bytes: z.number().int() })), bytes: z.number().int() }),
  ),
  event(
    'run.preflighted',
    z.object({
      checks: z.array(
        z.object({
          name: z.string(),
          ok: z.boolean(),
          warns: z.boolean().optional().describe('it may start, but a person should look at this'),
          detail: z.string(),
        }),
      ),
    }),
  ),
  event(
    'session.started',
    z.object({
      sessionId: z.string().describe("the agent's overlay"),
      agentSessionId: z.string().describe("the agent's own name for the conversation"),
      how: z.enum(['new', 'resumed', 'restarted']),
      version: z.string().optional(),
    }),
  ),
  event(
    'session.ended',
    z.object({ sessionId: z.string(), reason: z.enum(['done', 'parked', 'crashed', 'cancelled', 'limit']), detail: z.string() }),
  ),
  event('rule.added', z.object({ rule: Rule })),
  event('rule.revoked', z.object({ ruleId: z.string(), text: z.string() })),
  event(
    'rule.enforced',
    z.object({
      ruleId: z.string(),
      text: z.string(),
      detail: z.string(),
      paths: z.array(z.string()).max(200),
      parkedCommit: z.string().optional(),
    }),
  ),
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
