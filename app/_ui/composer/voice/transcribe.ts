import { request, requestJson } from '../../../_live/request.ts';

let asked: Promise<boolean> | undefined;

/** Whether Choir itself can turn speech into text here. Asked once for the life of the page. */
export function canTranscribe(): Promise<boolean> {
  asked ??= requestJson<{ available: boolean }>('/api/transcriptions').then(
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
