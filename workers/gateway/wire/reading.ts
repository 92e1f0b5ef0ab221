/** A JSON object off the wire: an event of a stream, or a whole answer. Nothing in it is trusted. */
export type WireObject = { readonly [name: string]: unknown };

/** Tokens as one message tells them; a later message of the same answer overrides an earlier one. */
export type WireUsage = {
  uncachedTokens?: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
  cacheWriteHourTokens?: number;
  inputAudioTokens?: number;
  outputTokens?: number;
  outputAudioTokens?: number;
  outputImageTokens?: number;
};

/** What one message says about the call. `said`: characters of the answer in it. */
export type Reading = { usage?: WireUsage; said?: number; finished?: boolean; error?: string };

export type ReadWire = (message: WireObject) => Reading;

export function objectIn(value: unknown): WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireObject) : {};
}

export function listIn(value: unknown): WireObject[] {
  return Array.isArray(value) ? value.map(objectIn) : [];
}

/** undefined for anything that is no count. */
export function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1e9 ? value : undefined;
}

export function lengthIn(...values: unknown[]): number {
  return values.reduce((sum: number, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
}

/** Input that holds the cached parts too, taken apart. Empty when the message tells no input. */
export function splitInput(input: number | undefined, cacheRead = 0, cacheWrite = 0): WireUsage {
  if (input === undefined) return {};
  const cacheReadTokens = Math.min(cacheRead, input);
  const cacheWriteTokens = Math.min(cacheWrite, input - cacheReadTokens);
  return { uncachedTokens: input - cacheReadTokens - cacheWriteTokens, cacheReadTokens, cacheWriteTokens };
}

export function errorIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { message, type, code } = objectIn(value);
  return [message, type, code].find((part) => typeof part === 'string') as string | undefined;
}
