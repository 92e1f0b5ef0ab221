import type { ModelMessage } from 'ai';
import { isOpenStep, type RunState } from '#lib/core/state.ts';
import { storable } from '#lib/core/storable.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import type { AgentMove, ModelMessages } from '../agent.ts';
import { describeCall } from '../rules/actionizer/describe-call.ts';
import { asideOf } from './aside-of.ts';
import type { ModelCallPart, ModelStep } from './call-model.ts';
import { type OwnReply, readSkillTool } from './read-skill.ts';
import type { ServerTools } from './server-tools.ts';
import { readToolCall, updatePlanTool } from './tools.ts';
import { type PlanUpdate, readPlanUpdate, stepInTurn, UpdatePlan } from './update-plan.ts';

const callsLimit = 32;
const cutOffWords = 'Your answer was cut off because it was too long. Go on in smaller pieces.';

type Heard = OwnReply & { toolCallId: string; toolName: string };

/** What the model was told just before, the tools of servers that it had, and what the agent has said to its calls already. */
export type Told = { said: readonly ModelMessage[]; servers: ServerTools; replies: ReadonlyMap<string, OwnReply> };

/**
 * The model's step as a move. What it was told is kept with the answer, so that the conversation can be told again word for word. Calls that
 * Choir need not run are answered in the answer itself.
 */
export function takeAnswer(
  run: RunState,
  { said, servers, replies }: Told,
  step: ModelStep<unknown>,
): Extract<AgentMove, { type: 'answer' }> {
  let steps = run.steps;
  const heard: Heard[] = [];
  let update: PlanUpdate = { finished: [] };
  let updated = false;
  const wanted: { toolCallId: string; toolName: string; call: ToolCall }[] = [];

  for (const part of step.calls.map(storable)) {
    const { toolCallId, toolName } = part;
    const tell = (type: Heard['type'], value: string) => heard.push({ toolCallId, toolName, type, value });
    if (toolName === updatePlanTool && part.invalid === null) {
      if (updated) {
        tell('error-text', 'Not done: one update_plan at a time. Call it again.');
        continue;
      }
      updated = true;
      const read = readPlanUpdate({ ...run, steps }, UpdatePlan.parse(part.input));
      tell(read.ok ? 'text' : 'error-text', read.ok ? read.reply : read.error);
      if (!read.ok) continue;
      steps = read.steps;
      update = read.update;
      continue;
    }
    const reply = replies.get(toolCallId);
    if (reply) {
      tell(reply.type, storable(reply.value));
      continue;
    }
    const read = readCall(part, servers);
    if (!read.ok) tell('error-text', step.finishReason === 'length' ? `${read.error}. ${cutOffWords}` : read.error);
    else if (wanted.length >= callsLimit) tell('error-text', `Not run: at most ${callsLimit} calls at once.`);
    else wanted.push({ toolCallId, toolName, call: read.call });
  }

  // A plan that must be agreed to is agreed to before anything of it runs.
  const held = update.plan && run.mode === 'plan' && !run.dryRun ? wanted.splice(0) : [];
  for (const { toolCallId, toolName } of held)
    heard.push({
      toolCallId,
      toolName,
      type: 'error-text',
      value: 'Not run: the plan changed, and a person agrees to it first. Call again.',
    });

  const stepId = stepInTurn(steps)?.step_id;
  const over =
    step.calls.length === 0 && step.finishReason !== 'length' && steps.every((one) => !isOpenStep(one) && one.status !== 'failed');
  return {
    type: 'answer',
    messages: storable([...said, ...withHeard(step, heard)]) as unknown as ModelMessages,
    aside: storable(asideOf(heard, step.calls)),
    // The last words become the summary of the run.
    text: over ? '' : storable(step.text),
    calls: wanted.map(({ toolCallId, call }) => ({ toolCallId, stepId, call, explanation: describeCall(call) })),
    ...update,
  };
}

function readCall({ toolName, input, invalid }: ModelCallPart, servers: ServerTools): ReturnType<typeof readToolCall> {
  const read = readToolCall(toolName, input, servers);
  const isOwn = toolName === updatePlanTool || toolName === readSkillTool;
  return invalid !== null && (read.ok || isOwn) ? { ok: false, error: invalid.slice(0, 1_000) } : read;
}

/** The model's messages, with the answers to the calls that were settled at once in place of what the SDK says to them. */
function withHeard({ messages, finishReason, calls }: ModelStep<unknown>, heard: readonly Heard[]): ModelMessage[] {
  const own = messages.filter(({ role }) => role === 'assistant');
  const results = heard.map(({ toolCallId, toolName, type, value }) => ({
    type: 'tool-result' as const,
    toolCallId,
    toolName,
    output: { type, value },
  }));
  if (results.length > 0) return [...own, { role: 'tool', content: results }];
  return finishReason === 'length' && calls.length === 0 ? [...own, { role: 'user', content: cutOffWords }] : own;
}
