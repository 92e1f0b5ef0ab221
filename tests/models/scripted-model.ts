import type { ChatCompletionRequest, FixtureResponse } from '@copilotkit/aimock';
import type { PlanStep } from '#lib/core/plan.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import type { Patience } from '#workers/agents/model/call-model.ts';

/** A call as a script writes it: `call('run_command', {command: 'ls'})`. */
export function call(name: ToolCall['tool'] | 'update_plan', input: object) {
  return { name, arguments: JSON.stringify(input) };
}

export function calls(content: string, ...toolCalls: { name: string; arguments: string }[]): FixtureResponse {
  return { content, toolCalls };
}

export function step(step_id: string, title: string, more: Partial<PlanStep> = {}): PlanStep {
  return { step_id, title, kind: 'edit', depends_on: [], notes: '', ...more };
}

/** What the model is asked for: a plan, a summary of the conversation, or its next words. */
export function askedFor(request: ChatCompletionRequest): 'plan' | 'summary' | 'answer' {
  const system = textOf(request, 'system');
  if (system.includes('You plan the work')) return 'plan';
  return system.includes('You write the memory') ? 'summary' : 'answer';
}

/** Everything of one speaker that the request holds, in order. */
export function textOf({ messages }: ChatCompletionRequest, role: ChatCompletionRequest['messages'][number]['role']): string {
  return messages
    .filter((message) => message.role === role)
    .map(({ content }) => (typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('\n')))
    .join('\n');
}

/** Answers given so far, as the request itself shows them: the script needs no memory, so a repeated question gets the same answer. */
export function answersIn({ messages }: ChatCompletionRequest): number {
  return messages.filter(({ role }, index) => role === 'assistant' && messages[index - 1]?.role !== 'assistant').length;
}

export type Script = { plan?: PlanStep[]; answers: FixtureResponse[]; summary?: string };

/** The model that says these things in this order. */
export function scripted({ plan = [], answers, summary = 'Nothing much.' }: Script) {
  return (request: ChatCompletionRequest): FixtureResponse => {
    const asked = askedFor(request);
    if (asked === 'plan') return { content: JSON.stringify({ steps: plan }) };
    if (asked === 'summary') return { content: summary };
    return answers[Math.min(answersIn(request), answers.length - 1)] ?? { content: 'Done.' };
  };
}

/** Waits long enough for a loaded machine and no longer than a test may take. */
export const hasty: Patience = { tries: 3, retryMs: 1, longestWaitMs: 5_000, firstMs: 20_000, stallMs: 20_000 };
