import { countIn, errorIn, lengthIn, listIn, objectIn, type Reading, splitInput, type WireObject } from './reading.ts';

/** Responses: a whole answer, or an event of a stream. */
export function readOpenaiResponses(message: WireObject): Reading {
  if (message.object === 'response') return readResponse(message);
  switch (message.type) {
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      return { ...readResponse(objectIn(message.response)), said: 0 };
    case 'error':
      return { error: errorIn(message.error ?? message) ?? 'unknown error' };
    default:
      return typeof message.type === 'string' && message.type.endsWith('.delta') ? { said: lengthIn(message.delta) } : {};
  }
}

function readResponse({ usage: counts, output, error, status }: WireObject): Reading {
  const usage = objectIn(counts);
  const input = objectIn(usage.input_tokens_details);
  return {
    usage: {
      ...splitInput(countIn(usage.input_tokens), countIn(input.cached_tokens), countIn(input.cache_write_tokens)),
      outputTokens: countIn(usage.output_tokens),
    },
    said: listIn(output).reduce((sum, item) => sum + lengthIn(item.arguments, ...listIn(item.content).map(({ text }) => text)), 0),
    ...(error || status === 'failed' ? { error: errorIn(error) ?? 'unknown error' } : { finished: true }),
  };
}
