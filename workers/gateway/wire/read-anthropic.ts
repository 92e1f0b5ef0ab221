import { countIn, errorIn, lengthIn, listIn, objectIn, type Reading, type WireObject, type WireUsage } from './reading.ts';

/** Messages: a whole answer, or an event of a stream. */
export function readAnthropic(message: WireObject): Reading {
  switch (message.type) {
    case 'message':
      return { usage: usageOf(message.usage), said: textOf(message.content), finished: true };
    case 'message_start':
      return { usage: usageOf(objectIn(message.message).usage) };
    case 'content_block_start':
      return { said: textOf([message.content_block]) };
    case 'content_block_delta': {
      const { text, thinking, partial_json } = objectIn(message.delta);
      return { said: lengthIn(text, thinking, partial_json) };
    }
    case 'message_delta':
      return { usage: usageOf(message.usage) };
    case 'message_stop':
      return { finished: true };
    case 'error':
      return { error: errorIn(message.error) ?? 'unknown error' };
    default:
      return {};
  }
}

/** `input_tokens` leaves the cached ones out. A field that an event does not name says nothing. */
function usageOf(value: unknown): WireUsage {
  const usage = objectIn(value);
  return {
    uncachedTokens: countIn(usage.input_tokens),
    cacheReadTokens: countIn(usage.cache_read_input_tokens),
    cacheWriteTokens: countIn(usage.cache_creation_input_tokens),
    cacheWriteHourTokens: countIn(objectIn(usage.cache_creation).ephemeral_1h_input_tokens),
    outputTokens: countIn(usage.output_tokens),
  };
}

function textOf(content: unknown): number {
  return listIn(content).reduce((sum, { text, thinking, input }) => sum + lengthIn(text, thinking, JSON.stringify(input)), 0);
}
