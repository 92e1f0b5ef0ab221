import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { PlanStep } from '#lib/core/plan.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import type { AgentMove } from '../agents/agent.ts';
import { requestApproval } from './ask-person.ts';
import { judgeNow } from './call/judge-now.ts';
import { type RunContext, type RunSnapshot, record } from './run-context.ts';

/** Turns what the agent wants next into facts. The policy's verdict stands on a call before anything of it happens. */
export async function applyMove(context: RunContext, snapshot: RunSnapshot, move: AgentMove): Promise<void> {
  const { run, state } = snapshot;
  const runId = run.runId;
  const takes: Command[] = move.takes?.length ? [{ type: 'deliver-guidance', runId, guidanceIds: move.takes }] : [];
  switch (move.type) {
    case 'plan': {
      const said: Command[] = move.message ? [{ type: 'post-message', runId, text: move.message }] : [];
      await record(context, 'agent', [...takes, ...said, { type: 'propose-plan', runId, reason: move.reason, steps: move.steps }]);
      return;
    }
    case 'call': {
      const { stepId, call, explanation, confidence } = move;
      const { verdict } = await judgeNow(context, snapshot, call);
      const step = run.steps.find((candidate) => candidate.step_id === stepId);
      const started: Command[] = step && step.status !== 'running' ? [{ type: 'start-step', runId, stepId }] : [];
      await record(context, 'agent', [
        ...takes,
        ...started,
        { type: 'propose-call', runId, callId: newId('ca'), stepId, call, explanation, confidence, verdict },
      ]);
      return;
    }
    case 'finish-step': {
      const said: Command[] = move.message ? [{ type: 'post-message', runId, text: move.message }] : [];
      const { stepId, status, note } = move;
      await record(context, 'agent', [...takes, ...said, { type: 'finish-step', runId, stepId, status, note }]);
      return;
    }
    case 'ask': {
      const current = await requireCurrent(context.database, state);
      const step = run.steps.find((candidate) => candidate.step_id === move.stepId);
      const call = step && run.calls.findLast((candidate) => candidate.stepId === move.stepId)?.call;
      const steps = step ? [PlanStep.parse(step)] : undefined;
      await requestApproval(context, {
        kind: 'recovery',
        stepId: move.stepId,
        action: { call, steps, cwd: '.', network: false, baseCheckpointId: current.checkpointId },
        reason: move.question,
        first: takes,
      });
      return;
    }
    case 'answer':
      await applyAnswer(context, snapshot, move, takes);
      return;
    case 'compact': {
      const { type: _, takes: __, ...compacted } = move;
      await record(context, 'agent', [...takes, { type: 'compact-context', runId, ...compacted }]);
      return;
    }
    case 'collect': {
      const { parts, message } = move;
      const said: Command[] = message ? [{ type: 'post-message', runId, text: message }] : [];
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
      await record(context, 'agent', [...takes, ...said, { type: 'collect-context', runId, parts, bytes }]);
      return;
    }
    case 'say':
      await record(context, 'agent', [...takes, { type: 'post-message', runId, text: move.text }]);
      return;
    case 'complete':
      await record(context, 'agent', [...takes, { type: 'complete-run', runId, summary: move.summary }]);
      return;
    case 'fail':
      await record(context, 'agent', [...takes, { type: 'fail-run', runId, error: move.error }]);
      return;
  }
}

/** The model's words, what they say of the plan, and all the calls in them stand in the ledger at once: no answer ever half happens. */
async function applyAnswer(
  context: RunContext,
  snapshot: RunSnapshot,
  { messages, aside, text, calls, finished, plan }: Extract<AgentMove, { type: 'answer' }>,
  takes: Command[],
): Promise<void> {
  const { runId, steps } = snapshot.run;
  const named = calls.map((call) => ({ ...call, callId: newId('ca') }));
  const proposed: Command[] = [];
  for (const { callId, stepId, call, explanation } of named) {
    const { verdict } = await judgeNow(context, snapshot, call);
    proposed.push({ type: 'propose-call', runId, callId, stepId, call, explanation, verdict });
  }
  const over: Command[] = finished.map((step) => ({ type: 'finish-step', runId, ...step }));
  const planned: Command[] = plan ? [{ type: 'propose-plan', runId, ...plan }] : [];
  const stepId = calls[0]?.stepId;
  const running = steps.some(({ step_id, status }) => step_id === stepId && status === 'running');
  const started: Command[] = stepId && !running ? [{ type: 'start-step', runId, stepId }] : [];
  await record(context, 'agent', [
    ...takes,
    ...over,
    ...planned,
    {
      type: 'record-answer',
      runId,
      answerId: newId('an'),
      messages,
      ...(aside ? { aside } : {}),
      calls: named.map(({ toolCallId, callId }) => ({ toolCallId, callId })),
    },
    ...(text ? [{ type: 'post-message' as const, runId, text }] : []),
    ...started,
    ...proposed,
  ]);
}
