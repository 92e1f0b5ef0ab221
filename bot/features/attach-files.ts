import type { Message } from 'grammy/types';
import { addAttachments } from '#lib/attachments/add-attachments.ts';
import type { Attachment } from '#lib/attachments/attachments.ts';
import { findStanding } from '#lib/telegram/standing-messages.ts';
import type { Incoming } from '../incoming.ts';
import { code, lines, rich } from '../render/rich-text.ts';
import { withDownloads } from './download-media.ts';

/** A voice message that did not become words stays a file of its thread. */
export async function keepRecording(incoming: Incoming, threadId: string | null, problem: string): Promise<void> {
  if (threadId) await withDownloads(incoming.services, incoming.album, (attachments) => attach(incoming, threadId, attachments, problem));
  else await incoming.say(problem);
}

/** Puts files into the thread and says where they are, below `note`. */
export async function attach(incoming: Incoming, threadId: string, attachments: Attachment[], note = ''): Promise<string[]> {
  const paths = attachments.length > 0 ? await addAttachments(incoming.verb, { threadId, attachments }) : [];
  if (paths.length > 0) await incoming.say(lines(note, ...paths.map((path) => rich('📎 ', code(path)))));
  return paths;
}

/** "What should be done with it?" is answered by a reply to the file; one that a thread has is not taken again. */
export async function fileRepliedTo({ services, msg, here }: Incoming): Promise<Message[]> {
  const replied = msg?.reply_to_message;
  if (!replied || replied.from?.is_bot) return [];
  return (await findStanding(services, { chatId: here.chatId, messageId: replied.message_id })) ? [] : [replied as Message];
}
