import { countIn, errorIn, lengthIn, listIn, objectIn, type Reading, splitInput, type WireObject } from './reading.ts';

/** Chat Completions: a whole answer, or a chunk of a stream. */
export function readOpenaiChat(message: WireObject): Reading {
  if (message.error) return { error: errorIn(message.error) ?? 'unknown error' };
  const usage = objectIn(message.usage);
  const [input, output] = [objectIn(usage.prompt_tokens_details), objectIn(usage.completion_tokens_details)];
  const choices = listIn(message.choices);
  const parts = choices.map((choice) => objectIn(choice.delta ?? choice.message));
  return {
    usage: {
      ...splitInput(countIn(usage.prompt_tokens), countIn(input.cached_tokens), countIn(input.cache_write_tokens)),
      inputAudioTokens: countIn(input.audio_tokens),
      outputTokens: countIn(usage.completion_tokens),
      outputAudioTokens: countIn(output.audio_tokens),
    },
    said: parts.reduce((sum, part) => sum + textOf(part), 0),
    finished: choices.some(({ finish_reason }) => typeof finish_reason === 'string'),
  };
}

function textOf({ content, reasoning_content, reasoning, refusal, tool_calls }: WireObject): number {
  const calls = listIn(tool_calls).map((call) => objectIn(call.function));
  return lengthIn(content, reasoning_content, reasoning, refusal, ...calls.flatMap(({ name, arguments: args }) => [name, args]));
}
