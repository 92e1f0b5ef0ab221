/** `inputTokens` holds the cached ones and those of audio too, `cacheWriteTokens` those that are to stay for an hour; `outputTokens` those of audio and images. */
export type TokenCounts = {
  inputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  cacheWriteHourTokens: number;
  inputAudioTokens: number;
  outputTokens: number;
  outputAudioTokens: number;
  outputImageTokens: number;
};

export const noTokens: TokenCounts = {
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheWriteHourTokens: 0,
  inputAudioTokens: 0,
  outputTokens: 0,
  outputAudioTokens: 0,
  outputImageTokens: 0,
};
