import type { Heard } from '#lib/prices/create-prices.ts';

/** Bytes in a second of speech: the thinnest that recorders write (Opus at 6 kbit/s), and plain samples (16 bit, 48 kHz). */
const thinnest = 750;
const fullest = 96_000;
/** OpenAI counts ten tokens in a second of audio; fast speech is some five tokens in a second. */
const audioTokensPerSecond = 10;
const textTokensPerSecond = 5;

/** What a recording of so many bytes may hold at most, before anybody listened. */
export function heardAtMost(bytes: number): Heard {
  return heardIn(Math.ceil(bytes / thinnest));
}

/** What it holds at least. */
export function heardAtLeast(bytes: number): Heard {
  return heardIn(Math.ceil(bytes / fullest));
}

export function heardIn(seconds: number): Heard {
  const audioTokens = Math.ceil(seconds * audioTokensPerSecond);
  return { seconds, inputTokens: audioTokens, audioTokens, outputTokens: Math.ceil(seconds * textTokensPerSecond) };
}
