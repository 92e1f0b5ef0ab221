import { mostAudioBytes } from '#lib/speech/audio-types.ts';
import { canTranscribe, transcribeAudio } from '#lib/speech/transcribe-audio.ts';
import { getTranscriptionOperation, transcribeOperation } from '../_contract/speech.ts';
import { handle } from '../_server/handle.ts';
import { readBytes } from '../_server/read-bytes.ts';

export const GET = handle(getTranscriptionOperation, async (context) => ({ available: canTranscribe(context) }));

export const POST = handle(transcribeOperation, async (context, { threadId }, request) => {
  const audio = await readBytes(request.body, mostAudioBytes);
  return transcribeAudio(context, { audio, mediaType: request.headers.get('content-type') ?? '', threadId, signal: request.signal });
});
