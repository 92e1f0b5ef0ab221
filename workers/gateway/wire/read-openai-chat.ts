import { countIn, errorIn, lengthIn, listIn, objectIn, type Reading, splitInput, type WireObject } from './reading.ts';

/** Chat Completions: a whole answer, or a chunk of a stream. */
export function readOpenaiChat(message: WireObject): Reading {
  if (message.error) return { error: errorIn(message.error) ?? 'unknown error' };
  const usage = objectIn(message.usage);
  const choices = listIn(message.choices);
  const parts = choices.map((choice) => objectIn(choice.delta ?? choice.message));
  return {
    usage: {
      ...splitInput(countIn(usage.prompt_tokens), countIn(objectIn(usage.prompt_tokens_details).cached_tokens)),
      outputTokens: countIn(usage.completion_tokens),
    },
    said: parts.reduce((sum, part) => sum + textOf(part), 0),
    finished: choices.some(({ finish_reason }) => typeof finish_reason === 'string'),
  };
}

function textOf({ content, reasoning_content, reasoning, refusal, tool_calls }: WireObject): number {
  const calls = listIn(tool_calls).map((call) => objectIn(call.function));
  return lengthIn(content, reasoning_content, reasoning, refusal, ...calls.flatMap(({ name, arguments: args }) => [name, args]));
}
