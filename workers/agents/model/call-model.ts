import { setTimeout as wait } from 'node:timers/promises';
import {
  type FinishReason,
  type LanguageModel,
  type ModelMessage,
  NoObjectGeneratedError,
  type Output,
  streamText,
  type ToolSet,
} from 'ai';
import { type ModelChoice, providerName } from './choose-model.ts';
import { classModelError, ModelError } from './model-error.ts';
import { providerOptions } from './open-model.ts';
import { watchAnswer } from './watch-answer.ts';

/** How patient a call is. `stallMs`: silence in the middle of an answer; `firstMs`: until it begins, which may hold long thinking. */
export type Patience = { tries: number; retryMs: number; longestWaitMs: number; firstMs: number; stallMs: number };

/** A provider that fell silent this often is not waited for again before the person is asked. */
const silencesBeforeAsk = 2;

export const patience: Patience = { tries: 5, retryMs: 1_000, longestWaitMs: 60_000, firstMs: 300_000, stallMs: 90_000 };

/** Anthropic must be told a limit. Its models' own is so high that the gateway would have to set aside a dollar for each call. */
const answerTokens = 32_000;

/** Who is asked, and how patiently. */
export type Thinker = {
  model: LanguageModel;
  choice: ModelChoice;
  patience: Patience;
  /** Hears why the model is asked again, in a sentence for the person. */
  onRetry?: (why: string) => void;
};

export type ModelRequest<Result> = Thinker & {
  instructions: string;
  messages: ModelMessage[];
  tools?: ToolSet;
  output?: Output.Output<Result>;
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

/**
 * One answer of the model, asked for again while what stands in the way is likely to pass. Throws
 * `ModelError`, `NoObjectGeneratedError` when the answer is not what `output` wants, or the signal's reason.
 */
export async function callModel<Result = string>(request: ModelRequest<Result>, signal: AbortSignal): Promise<ModelStep<Result>> {
  const { tries, retryMs, longestWaitMs } = request.patience;
  let silences = 0;
  for (let tried = 1; ; tried += 1) {
    try {
      return await askOnce(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (NoObjectGeneratedError.isInstance(error)) throw error;
      const failure = classModelError(error, request.choice);
      // Runs that were turned away at the same moment do not come back at the same moment.
      const waitMs = Math.max(failure.retryAfterMs ?? 0, retryMs * 2 ** (tried - 1)) + Math.random() * retryMs;
      if (failure.kind === 'silent') silences += 1;
      const passes = failure.kind === 'transient' || (failure.kind === 'silent' && silences < silencesBeforeAsk);
      if (!passes || tried >= tries || waitMs > longestWaitMs) throw failure;
      request.onRetry?.(`${failure.message} Asking again.`);
      await wait(waitMs, undefined, { signal });
    }
  }
}

async function askOnce<Result>(request: ModelRequest<Result>, signal: AbortSignal): Promise<ModelStep<Result>> {
  const { model, choice, instructions, messages, tools, output, patience: limits, onText } = request;
  let failure: unknown = null;
  const watch = watchAnswer(limits, providerName(choice.provider));
  const stream = streamText({
    model,
    instructions,
    messages,
    tools,
    output,
    providerOptions,
    ...(choice.provider === 'anthropic' ? { maxOutputTokens: answerTokens } : {}),
    maxRetries: 0,
    abortSignal: AbortSignal.any([signal, watch.signal]),
    onError: ({ error }) => {
      failure ??= error;
    },
  });
  try {
    for await (const part of stream.fullStream) {
      watch.hear(part);
      if (part.type === 'text-delta') onText?.(part.text);
      if (part.type === 'error') failure ??= part.error;
    }
  } finally {
    watch.end();
  }
  signal.throwIfAborted();
  watch.signal.throwIfAborted();
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
