import { countIn, errorIn, lengthIn, listIn, objectIn, type Reading, splitInput, type WireObject } from './reading.ts';

/** generateContent: a whole answer, or a part of a stream. Counts in a stream are those so far. */
export function readGoogle(message: WireObject): Reading {
  if (message.error) return { error: errorIn(message.error) ?? 'unknown error' };
  const usage = objectIn(message.usageMetadata);
  const candidates = listIn(message.candidates);
  const parts = candidates.flatMap(({ content }) => listIn(objectIn(content).parts));
  return {
    usage: {
      ...splitInput(sum(usage.promptTokenCount, usage.toolUsePromptTokenCount), countIn(usage.cachedContentTokenCount)),
      inputAudioTokens: tokensOf(usage.promptTokensDetails, 'AUDIO'),
      outputTokens: sum(usage.candidatesTokenCount, usage.thoughtsTokenCount),
      outputAudioTokens: tokensOf(usage.candidatesTokensDetails, 'AUDIO'),
      outputImageTokens: tokensOf(usage.candidatesTokensDetails, 'IMAGE'),
    },
    said: parts.reduce((length, { text, functionCall }) => length + lengthIn(text, JSON.stringify(functionCall)), 0),
    finished:
      candidates.some(({ finishReason }) => typeof finishReason === 'string') || objectIn(message.promptFeedback).blockReason !== undefined,
  };
}

function tokensOf(details: unknown, kind: string): number | undefined {
  return countIn(listIn(details).find(({ modality }) => modality === kind)?.tokenCount);
}

function sum(first: unknown, second: unknown): number | undefined {
  const counts = [countIn(first), countIn(second)];
  return counts.every((count) => count === undefined) ? undefined : (counts[0] ?? 0) + (counts[1] ?? 0);
}
