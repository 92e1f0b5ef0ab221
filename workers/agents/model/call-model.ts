import { setTimeout as wait } from 'node:timers/promises';
import { type FinishReason, type LanguageModel, type ModelMessage, type Output, streamText, type ToolSet } from 'ai';
import type { ModelChoice } from './choose-model.ts';
import { classModelError, ModelError } from './model-error.ts';
import { providerOptions } from './open-model.ts';

/** How patient a call is. `stallMs`: silence in the middle of an answer; `firstMs`: until it begins, which may hold long thinking. */
export type Patience = { tries: number; retryMs: number; longestWaitMs: number; firstMs: number; stallMs: number };

export const patience: Patience = { tries: 5, retryMs: 1_000, longestWaitMs: 60_000, firstMs: 300_000, stallMs: 90_000 };

export type ModelRequest<Result> = {
  model: LanguageModel;
  choice: ModelChoice;
  instructions: string;
  messages: ModelMessage[];
  tools?: ToolSet;
  output?: Output.Output<Result>;
  patience: Patience;
  onText?: (text: string) => void;
};

export type ModelCallPart = { toolCallId: string; toolName: string; input: unknown; invalid: string | null };

export type ModelStep<Result> = {
  messages: ModelMessage[];
  calls: ModelCallPart[];
  text: string;
  finishReason: FinishReason;
  output: Result;
};

/** One answer of the model, asked for again while what stands in the way is likely to pass. Throws `ModelError`, or the signal's reason. */
export async function callModel<Result = string>(request: ModelRequest<Result>, signal: AbortSignal): Promise<ModelStep<Result>> {
  const { tries, retryMs, longestWaitMs } = request.patience;
  for (let tried = 1; ; tried += 1) {
    try {
      return await askOnce(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      const failure = classModelError(error, request.choice);
      const waitMs = Math.max(failure.retryAfterMs ?? 0, retryMs * 2 ** (tried - 1));
      if (failure.kind !== 'transient' || tried >= tries || waitMs > longestWaitMs) throw failure;
      await wait(waitMs, undefined, { signal });
    }
  }
}

async function askOnce<Result>(request: ModelRequest<Result>, signal: AbortSignal): Promise<ModelStep<Result>> {
  const { model, instructions, messages, tools, output, patience: limits, onText } = request;
  let failure: unknown = null;
  const stream = streamText({
    model,
    instructions,
    messages,
    tools,
    output,
    providerOptions,
    maxRetries: 0,
    abortSignal: signal,
    timeout: { firstChunkMs: limits.firstMs, chunkMs: limits.stallMs },
    onError: ({ error }) => {
      failure ??= error;
    },
  });
  for await (const part of stream.fullStream) {
    if (part.type === 'text-delta') onText?.(part.text);
    if (part.type === 'error') failure ??= part.error;
    if (part.type === 'abort') failure ??= new DOMException('The answer stopped.', 'TimeoutError');
  }
  signal.throwIfAborted();
  if (failure) throw failure;
  const step = await stream.finalStep;
  const calls = step.toolCalls.map(({ toolCallId, toolName, input, ...call }) => ({
    toolCallId,
    toolName,
    input,
    invalid: 'invalid' in call && call.invalid ? String(call.error instanceof Error ? call.error.message : call.error) : null,
  }));
  const text = step.text.trim();
  const cutOff = step.rawFinishReason === undefined && step.finishReason !== 'stop' && step.finishReason !== 'tool-calls';
  if (cutOff) throw new ModelError('transient', 'The answer of the model broke off.');
  if (step.finishReason === 'content-filter' && calls.length === 0)
    throw new ModelError('permanent', "The provider's filter held back the model's answer. Put the goal in other words.");
  if (text === '' && calls.length === 0 && step.finishReason !== 'length')
    throw new ModelError('transient', 'The model gave an empty answer.');
  if (new Set(calls.map(({ toolCallId }) => toolCallId)).size < calls.length)
    throw new ModelError('transient', 'The model gave two calls the same name.');
  return { messages: await stream.responseMessages, calls, text, finishReason: step.finishReason, output: await stream.output };
}
