import { request, requestJson } from '../../../_live/request.ts';

/** Whoever has spoken waits for this answer. */
const answerWithinMs = 10_000;

let asked: Promise<boolean> | undefined;

/** Whether Choir itself can turn speech into text here; false where it does not say so in time. Asked until it answers, then never again. */
export function canTranscribe(): Promise<boolean> {
  asked ??= requestJson<{ available: boolean }>('/api/transcriptions', { signal: AbortSignal.timeout(answerWithinMs) }).then(
    ({ available }) => available,
    () => {
      asked = undefined;
      return false;
    },
  );
  return asked;
}

/** A recording as text. Throws a RequestError. */
export async function transcribe(audio: Blob, threadId: string | undefined): Promise<string> {
  const query = threadId ? `?threadId=${encodeURIComponent(threadId)}` : '';
  const response = await request(`/api/transcriptions${query}`, {
    method: 'POST',
    headers: { 'content-type': audio.type, accept: 'application/json' },
    body: audio,
  });
  return ((await response.json()) as { text: string }).text;
}
