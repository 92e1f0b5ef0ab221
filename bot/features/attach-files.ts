import type { Message } from 'grammy/types';
import { addAttachments } from '#lib/attachments/add-attachments.ts';
import type { Attachment } from '#lib/attachments/attachments.ts';
import { findStanding, recordStanding } from '#lib/telegram/standing-messages.ts';
import { addWaitingFiles, forgetWaitingFiles, listWaitingFiles, type WaitingFile } from '#lib/telegram/waiting-files.ts';
import type { Incoming } from '../incoming.ts';
import { hashSaid } from '../reconcile/said.ts';
import { code, lines, rich } from '../render/rich-text.ts';
import { checkSizes, FileRefused, type SentFile, sentFiles, withDownloads } from './download-media.ts';

/** A voice message that did not become words stays a file of its thread. */
export async function keepRecording(incoming: Incoming, threadId: string | null, problem: string): Promise<void> {
  const paths = threadId ? await attach(incoming, threadId) : [];
  await incoming.say(lines(problem, ...paths.map(pathLine)));
}

/** Files without words lie in the thread from now on, where there is one, and belong to the next words of their person. */
export async function keepFiles(incoming: Incoming, threadId: string | null): Promise<void> {
  const { services, here, senderId, album } = incoming;
  checkSizes(sentFiles(album));
  const paths = threadId ? await attach(incoming, threadId) : [];
  const files = sentFiles(album).map((file, index) => ({ ...file, threadId, path: paths[index] ?? null }));
  await addWaitingFiles(services, { ...here, telegramId: senderId }, files);
  // A reply to one of them speaks to its thread.
  if (threadId)
    for (const { messageId } of files)
      await recordStanding(services, { chatId: here.chatId, key: `file:${messageId}`, threadId, messageId, hash: hashSaid('') });
  const it = files.length === 1 ? 'it' : 'them';
  await incoming.say(lines(...paths.map(pathLine), `What should be done with ${it}? Your next message takes ${it} along.`));
}

/** What belongs to the words of this update; `placed` are paths of what lies in the thread already. */
export type Along = { files: SentFile[]; placed: string[]; done(): Promise<void>; drop(): Promise<void> };

/** The files that came with the words, those that wait for them, and the one that they reply to. Call `done` when they took effect. */
export async function filesAlong(incoming: Incoming, threadId: string | null, sent: SentFile[]): Promise<Along> {
  const { services, here, senderId } = incoming;
  const waiting = await listWaitingFiles(services, { ...here, telegramId: senderId });
  const isPlaced = ({ path, threadId: where }: WaitingFile) => path !== null && where === threadId;
  const files: SentFile[] = [...waiting.filter((file) => !isPlaced(file)), ...(await fileRepliedTo(incoming)), ...sent];
  const forget = (those: WaitingFile[]) =>
    forgetWaitingFiles(
      services,
      here,
      those.map(({ messageId }) => messageId),
    );
  return {
    files: [...new Map(files.map((file) => [file.messageId, file])).values()],
    placed: waiting.filter(isPlaced).flatMap(({ path }) => path ?? []),
    done: () => forget(waiting),
    drop: () => forget(waiting.filter((file) => !isPlaced(file))),
  };
}

/** Runs `work` with the files on disk. When Telegram does not give them they wait no longer: else they would hold up all words behind these. */
export async function takeAlong({ services }: Incoming, along: Along, work: (attachments: Attachment[]) => Promise<void>): Promise<void> {
  await withDownloads(services, along.files, work).catch(async (error: unknown) => {
    if (error instanceof FileRefused) await along.drop();
    throw error;
  });
}

/** A file that somebody replies to with what should be done; one that a thread has is not taken again. */
async function fileRepliedTo({ services, msg, here }: Incoming): Promise<SentFile[]> {
  const replied = msg?.reply_to_message;
  if (!replied || replied.from?.is_bot) return [];
  return (await findStanding(services, { chatId: here.chatId, messageId: replied.message_id })) ? [] : sentFiles([replied as Message]);
}

/** Puts the files of this update into the thread; returns their paths. */
export async function attach({ services, verb, album }: Incoming, threadId: string): Promise<string[]> {
  return withDownloads(services, sentFiles(album), (attachments) => addAttachments(verb, { threadId, attachments }));
}

function pathLine(path: string) {
  return rich('📎 ', code(path));
}
