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

/**
 * `input_tokens` leaves the cached ones out, and all leave out what the provider read and wrote to compact a conversation, which is paid for too. A field
 * that an event does not name says nothing.
 */
function usageOf(value: unknown): WireUsage {
  const usage = objectIn(value);
  const compactions = listIn(usage.iterations).filter(({ type }) => type === 'compaction');
  const withCompactions = (name: string) => {
    const count = countIn(usage[name]);
    return count === undefined ? undefined : compactions.reduce((sum, compaction) => sum + (countIn(compaction[name]) ?? 0), count);
  };
  return {
    uncachedTokens: withCompactions('input_tokens'),
    cacheReadTokens: withCompactions('cache_read_input_tokens'),
    cacheWriteTokens: withCompactions('cache_creation_input_tokens'),
    cacheWriteHourTokens: countIn(objectIn(usage.cache_creation).ephemeral_1h_input_tokens),
    outputTokens: withCompactions('output_tokens'),
  };
}

function textOf(content: unknown): number {
  return listIn(content).reduce((sum, { text, thinking, input }) => sum + lengthIn(text, thinking, JSON.stringify(input)), 0);
}
