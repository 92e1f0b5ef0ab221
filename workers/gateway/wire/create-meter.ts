import type { TokenCounts } from '#lib/prices/token-counts.ts';
import type { Protocol } from '../model-route.ts';
import { readAnthropic } from './read-anthropic.ts';
import { readGoogle } from './read-google.ts';
import { readOpenaiChat } from './read-openai-chat.ts';
import { readOpenaiResponses } from './read-openai-responses.ts';
import { objectIn, type ReadWire, type WireUsage } from './reading.ts';
import { createEventCutter } from './sse-events.ts';

const readers: Record<Protocol, ReadWire> = {
  anthropic: readAnthropic,
  'openai-chat': readOpenaiChat,
  'openai-responses': readOpenaiResponses,
  google: readGoogle,
};
const largestAnswer = 32 * 1024 * 1024;
const charactersPerToken = 4;

export type Meter = {
  /** The provider accepted the call and answers in this content type. */
  begin(contentType: string): void;
  push(chunk: Uint8Array): void;
  end(): void;
  begun(): boolean;
  /** What the answer counted so far. Where the provider said nothing (yet), the input as estimated and the output by its characters. */
  counts(estimatedInput: number): TokenCounts;
  /** Whether the answer came to its own end. */
  finished(): boolean;
  /** Whether the provider has told what the whole answer used. */
  told(): boolean;
  error(): string | undefined;
};

/** Reads along with an answer on its way through; nothing that it holds makes it throw. */
export function createMeter(protocol: Protocol): Meter {
  const read = readers[protocol];
  const usage: WireUsage = {};
  let said = 0;
  let finished = false;
  let error: string | undefined;
  let body: { push(chunk: Uint8Array): void; end(): void } | undefined;

  function take(value: unknown): void {
    const reading = read(objectIn(value));
    for (const [name, count] of Object.entries(reading.usage ?? {})) if (count !== undefined) usage[name as keyof WireUsage] = count;
    said += reading.said ?? 0;
    finished ||= reading.finished ?? false;
    error ??= reading.error;
  }

  const told = () => finished && usage.outputTokens !== undefined;

  return {
    begin(contentType) {
      body = contentType.includes('text/event-stream')
        ? createEventCutter((data) => take(parse(data)))
        : wholeAnswer(take, (bytes) => {
            said += bytes;
          });
    },
    push: (chunk) => body?.push(chunk),
    end: () => body?.end(),
    begun: () => body !== undefined,
    counts(estimatedInput) {
      const { uncachedTokens, cacheReadTokens = 0, cacheWriteTokens = 0, cacheWriteHourTokens = 0 } = usage;
      const cachedTokens = cacheReadTokens + cacheWriteTokens;
      const inputTokens = uncachedTokens === undefined ? Math.max(estimatedInput, cachedTokens) : uncachedTokens + cachedTokens;
      // An answer that was cut off has told the output of its beginning at most.
      const outputTokens = Math.max(usage.outputTokens ?? 0, told() ? 0 : Math.ceil(said / charactersPerToken));
      const outputAudioTokens = Math.min(usage.outputAudioTokens ?? 0, outputTokens);
      return {
        inputTokens,
        cacheReadTokens,
        cacheWriteTokens,
        cacheWriteHourTokens: Math.min(cacheWriteHourTokens, cacheWriteTokens),
        inputAudioTokens: Math.min(usage.inputAudioTokens ?? 0, inputTokens),
        outputTokens,
        outputAudioTokens,
        outputImageTokens: Math.min(usage.outputImageTokens ?? 0, outputTokens - outputAudioTokens),
      };
    },
    finished: () => finished,
    told,
    error: () => error,
  };
}

/** JSON as one piece; Google streams an array of answers that way when nobody asks for events. What broke off counts by its bytes. */
function wholeAnswer(take: (value: unknown) => void, onUnread: (bytes: number) => void) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    push(chunk: Uint8Array) {
      bytes += chunk.length;
      if (bytes <= largestAnswer) chunks.push(chunk);
    },
    end() {
      const text = Buffer.concat(chunks).toString();
      const value = parse(text);
      if (value === undefined && /^\s*[[{]/.test(text)) onUnread(bytes);
      for (const part of Array.isArray(value) ? value : [value]) take(part);
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
