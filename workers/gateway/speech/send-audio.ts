import { z } from 'zod';
import type { Heard } from '#lib/prices/create-prices.ts';
import { audioEnding } from '#lib/speech/audio-types.ts';
import type { Upstream } from '../upstream.ts';
import { heardIn } from './estimate-speech.ts';

const count = z.number().nonnegative();
const Usage = z.union([
  z.object({ type: z.literal('duration'), seconds: count }),
  z.object({
    input_tokens: count,
    output_tokens: count,
    input_token_details: z.object({ audio_tokens: count }).partial().optional(),
  }),
]);
const Transcription = z.object({ text: z.string().max(200_000), usage: Usage.optional().catch(undefined) });

/** `heard` where the provider said what it counted. */
export type SentAudio = { heard: Heard | null } & ({ ok: true; text: string } | { ok: false; status: number; message: string });

const timeoutMs = 120_000;

/** OpenAI's `/audio/transcriptions`, as many servers speak it. Throws when it is ended before the answer, which is paid for all the same. Of a refusal only its kind is told: a provider's words may hold what is secret. */
export async function sendAudio(
  { baseUrl, key }: Upstream,
  { model, audio, mediaType, signal }: { model: string; audio: Buffer; mediaType: string; signal: AbortSignal },
): Promise<SentAudio> {
  const form = new FormData();
  form.set('model', model);
  form.set('response_format', 'json');
  form.set('file', new Blob([new Uint8Array(audio)], { type: mediaType }), `speech.${audioEnding(mediaType) ?? 'ogg'}`);
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const headers = key === undefined ? undefined : { authorization: `Bearer ${key}` };
  const request = { method: 'POST', headers, body: form, redirect: 'error', signal: ending } as const;
  const response = await fetch(`${baseUrl}/audio/transcriptions`, request).catch((error: unknown) => {
    if (ending.aborted) throw error;
    return null;
  });
  if (!response?.ok) {
    await response?.body?.cancel();
    return { ok: false, heard: null, ...refused(response?.status ?? 0) };
  }
  const { text, usage } = Transcription.parse(await response.json());
  return { ok: true, text, heard: usage ? readUsage(usage) : null };
}

function readUsage(usage: z.infer<typeof Usage>): Heard {
  if ('seconds' in usage) return { ...heardIn(usage.seconds), inputTokens: 0, audioTokens: 0, outputTokens: 0 };
  const { input_tokens, output_tokens, input_token_details } = usage;
  const audioTokens = Math.min(input_tokens, input_token_details?.audio_tokens ?? input_tokens);
  return {
    seconds: 0,
    inputTokens: Math.round(input_tokens),
    audioTokens: Math.round(audioTokens),
    outputTokens: Math.round(output_tokens),
  };
}

function refused(status: number): { status: number; message: string } {
  if (status === 404 || status === 405 || status === 501) return { status: 501, message: 'The provider does not turn speech into text.' };
  if (status === 400 || status === 413 || status === 415 || status === 422)
    return { status: 422, message: 'This recording could not be understood. Record it again, or type it.' };
  if (status === 429) return { status: 429, message: 'The provider is too busy to listen. Try again in a moment.' };
  return { status: 503, message: 'The provider could not turn this into text. Try again in a moment, or type it.' };
}
