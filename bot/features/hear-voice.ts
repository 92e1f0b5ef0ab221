import { readFile } from 'node:fs/promises';
import { DomainError } from '#lib/core/domain-error.ts';
import { transcribeAudio } from '#lib/speech/transcribe-audio.ts';
import type { Incoming } from '../incoming.ts';
import { quote, rich } from '../render/rich-text.ts';
import { proseText } from '../render/safe-text.ts';
import { sentFiles, withDownloads } from './download-media.ts';

/** A voice message as words, said back so that its person sees what was understood; or why there are none. */
export async function hearVoice(incoming: Incoming, threadId: string | null): Promise<{ text: string } | { problem: string }> {
  const mediaType = incoming.msg?.voice?.mime_type ?? 'audio/ogg';
  const { telegram } = incoming.services;
  const { chatId, topicId } = incoming.here;
  await telegram.attempt('sendChatAction', { chat_id: chatId, ...(topicId ? { message_thread_id: topicId } : {}), action: 'typing' });
  try {
    const { text } = await withDownloads(incoming.services, sentFiles(incoming.album), async ([recording]) =>
      transcribeAudio(incoming.verb, {
        audio: recording ? await readFile(recording.source) : Buffer.alloc(0),
        mediaType,
        threadId: threadId ?? undefined,
        signal: telegram.signal,
      }),
    );
    await incoming.say(rich('🎙 ', quote(proseText(text))));
    return { text };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { problem: error.message };
  }
}
