import type { ToolCall } from '#lib/core/tool.ts';
import type { AgentMove, AgentView, MoveAgent } from '#workers/agents/agent.ts';

/** An agent that makes one call per step, in order, and skips nothing: small enough to see what the run loop does. */
export function stepAgent(calls: ToolCall[], options: { retryInterrupted?: boolean } = {}): MoveAgent {
  return {
    description: {
      id: 'steps',
      name: 'Steps',
      about: 'One call per step.',
      capabilities: [],
      cannot: [],
      providers: [],
      needs: [],
      modelUse: null,
    },
    next: async (view) => nextMove(view, calls, options),
  };
}

function nextMove({ run, guidance }: AgentView, calls: ToolCall[], options: { retryInterrupted?: boolean }): AgentMove {
  const takes = guidance.map((words) => words.guidanceId);
  if (takes.length > 0) return { type: 'say', text: `Heard: ${guidance.map((words) => words.text).join('; ')}`, takes };
  if (run.steps.length === 0) {
    const steps = calls.map((call, index) => ({
      step_id: `s${index + 1}`,
      title: call.tool,
      kind: 'command' as const,
      depends_on: [],
      notes: JSON.stringify(call),
    }));
    return { type: 'plan', reason: 'One step per call.', steps };
  }
  const step = run.steps.find((candidate) => candidate.status === 'pending' || candidate.status === 'running');
  if (!step) return { type: 'complete', summary: 'All steps are through.' };
  const last = run.calls.findLast((call) => call.stepId === step.step_id);
  if (!last || (options.retryInterrupted && last.result?.status === 'interrupted')) {
    return { type: 'call', stepId: step.step_id, call: JSON.parse(step.notes) as ToolCall, explanation: `Do ${step.title}` };
  }
  const status = last.result?.status;
  return {
    type: 'finish-step',
    stepId: step.step_id,
    status: status === 'succeeded' ? 'done' : status === 'failed' ? 'failed' : 'skipped',
    note: last.result?.error ?? '',
  };
}
