import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GrammyError } from 'grammy';
import type { Message } from 'grammy/types';
import type { Attachment } from '#lib/attachments/attachments.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { BotServices } from '../bot-services.ts';

const mostBytes = 20 * 1024 * 1024;

export type SentFile = { messageId: number; fileId: string; name: string; bytes?: number };

/** Telegram does not give the file. */
export class FileRefused extends DomainError {}

/** The files that came with these messages. */
export function sentFiles(messages: Message[]): SentFile[] {
  return messages.flatMap((message) => {
    const file = sentFile(message);
    return file ? [{ messageId: message.message_id, ...file }] : [];
  });
}

/** Throws where Telegram says that it would not give one of them. */
export function checkSizes(files: SentFile[]): void {
  if (files.some(({ bytes = 0 }) => bytes > mostBytes)) throw tooLarge();
}

/** Runs `work` with these files on disk; they are removed behind it. Throws a `FileRefused`. */
export async function withDownloads<Result>(
  services: BotServices,
  files: SentFile[],
  work: (attachments: Attachment[]) => Promise<Result>,
): Promise<Result> {
  if (files.length === 0) return work([]);
  checkSizes(files);
  const { telegramFiles } = services.home;
  await mkdir(telegramFiles, { recursive: true });
  const folder = await mkdtemp(join(telegramFiles, 'files-'));
  try {
    const attachments: Attachment[] = [];
    for (const [index, file] of files.entries()) {
      const source = join(folder, String(index));
      await download(services, file.fileId, source);
      attachments.push({ name: file.name, source });
    }
    return await work(attachments);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sentFile({ message_id, photo, video, video_note, audio, voice, document }: Message): Omit<SentFile, 'messageId'> | null {
  const largest = photo?.at(-1);
  if (largest) return { fileId: largest.file_id, name: `photo-${message_id}.jpg`, bytes: largest.file_size };
  if (voice) return { fileId: voice.file_id, name: `voice-${message_id}.ogg`, bytes: voice.file_size };
  if (video_note) return { fileId: video_note.file_id, name: `video-${message_id}.mp4`, bytes: video_note.file_size };
  if (video) return { fileId: video.file_id, name: video.file_name ?? `video-${message_id}.mp4`, bytes: video.file_size };
  if (audio) return { fileId: audio.file_id, name: audio.file_name ?? `audio-${message_id}.mp3`, bytes: audio.file_size };
  return document ? { fileId: document.file_id, name: document.file_name ?? `file-${message_id}`, bytes: document.file_size } : null;
}

/** The address of a file holds the bot's token: no failure here says anything of it. */
async function download({ telegram, fileRoot }: BotServices, fileId: string, path: string): Promise<void> {
  const { file_path = '' } = await telegram.ask('getFile', { file_id: fileId }).catch((error: unknown) => {
    if (!(error instanceof GrammyError)) throw error;
    throw /file is too big/i.test(error.description) ? tooLarge() : notGiven();
  });
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${fileRoot}${file_path}`, { signal: telegram.signal }).catch(() => null);
    if (response?.ok && response.body) {
      const done = await pipeline(Readable.fromWeb(response.body as never), limited, createWriteStream(path)).then(
        () => true,
        (error: unknown) => (error instanceof DomainError ? Promise.reject(error) : false),
      );
      if (done) return;
    }
    if (attempt === 3) throw notGiven();
  }
}

async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge();
    yield chunk;
  }
}

function notGiven(): FileRefused {
  return new FileRefused('unavailable', 'Telegram does not give me the file, so nothing was done. Send it again in a moment.');
}

function tooLarge(): FileRefused {
  return new FileRefused('too-large', 'Telegram gives a bot files up to 20 MB, so nothing was done. Add a larger one in the app.');
}
