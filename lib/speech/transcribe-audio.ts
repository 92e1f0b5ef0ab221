import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError, type ErrorCode } from '#lib/core/domain-error.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { askTranscriber } from './ask-transcriber.ts';
import { audioEnding, mostAudioBytes } from './audio-types.ts';

/** `threadId`: the thread that the words are meant for, whose budget they count against; the workspace's always holds. */
export type TranscribeAudio = { audio: Buffer; mediaType: string; threadId?: string; signal?: AbortSignal };

const refusals: Partial<Record<number, ErrorCode>> = { 402: 'conflict', 422: 'invalid', 429: 'rate-limited', 501: 'unsupported' };
const notSetUp = 'Speech cannot be turned into text here: no model for it is set up. Set OPENAI_API_KEY, or type it.';

/** Whether a provider that turns speech into text is set up. */
export function canTranscribe({ models }: Context): boolean {
  return models.providers.includes('openai');
}

/**
 * What a person said, as text, in their language. Counted on the bill and within the budgets like any call to a model. Throws `unsupported` where no
 * provider does this, `invalid` for what is no speech, `too-large` over 20 MB, `conflict` when a budget is used up, `unavailable`.
 */
export async function transcribeAudio(
  context: Context,
  { audio, mediaType, threadId, signal }: TranscribeAudio,
): Promise<{ text: string }> {
  const { workspaceId } = requirePerson(context.actor);
  const thread = threadId === undefined ? null : (await requireThread(context, threadId)).state;
  if (audio.length === 0) throw new DomainError('invalid', 'There is nothing in this recording.');
  if (audio.length > mostAudioBytes) throw new DomainError('too-large', 'A recording may have up to 20 MB. Record it in parts.');
  if (!audioEnding(mediaType)) throw new DomainError('invalid', 'This is no kind of recording that can be turned into text.');
  if (!canTranscribe(context)) throw new DomainError('unsupported', notSetUp);
  const spender = { workspaceId, projectId: thread?.projectId ?? '', threadId: thread?.threadId ?? '' };
  const answer = await askTranscriber(context.home, { spender, audio, mediaType, signal });
  if (answer.status === 501) throw new DomainError('unsupported', notSetUp);
  if (answer.status !== 200) throw new DomainError(refusals[answer.status] ?? 'unavailable', answer.message);
  const text = answer.text.replaceAll('\0', '').toWellFormed().trim();
  if (text === '') throw new DomainError('invalid', 'No words could be heard in this recording.');
  return { text };
}
