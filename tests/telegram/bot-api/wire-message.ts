import type { Message } from 'grammy/types';
import { botId, type Chat, type ChatMessage, type StoredFile } from './chats.ts';

export const botUser = { id: botId, is_bot: true as const, first_name: 'Choir', username: 'choir_test_bot' };

/** A message as the Bot API gives it. */
export function wireMessage(chat: Chat, message: ChatMessage, people: Map<number, string>): Message {
  const from = message.from === botId ? botUser : { id: message.from, is_bot: false, first_name: people.get(message.from) ?? 'Somebody' };
  const replied = message.replyTo === undefined ? undefined : chat.messages.get(message.replyTo);
  const body = message.media
    ? {
        ...wireMedia(message.media.kind, message.media.file),
        ...(message.text ? { caption: message.text, caption_entities: message.entities } : {}),
      }
    : { text: message.text, entities: message.entities };
  return {
    message_id: message.id,
    date: Math.floor(Date.now() / 1000),
    from,
    chat: wireChat(chat),
    ...(message.topicId ? { message_thread_id: message.topicId, is_topic_message: true } : {}),
    ...(message.albumId ? { media_group_id: message.albumId } : {}),
    ...(replied ? { reply_to_message: wireMessage(chat, { ...replied, replyTo: undefined }, people) } : {}),
    ...(message.keyboard ? { reply_markup: message.keyboard } : {}),
    ...body,
  } as unknown as Message;
}

export function wireChat(chat: Chat) {
  return chat.type === 'private'
    ? { id: chat.id, type: chat.type, first_name: chat.title }
    : { id: chat.id, type: chat.type, title: chat.title, ...(chat.isForum ? { is_forum: true } : {}) };
}

function wireMedia(kind: string, file: StoredFile): object {
  const base = { file_id: file.fileId, file_unique_id: `u_${file.fileId}`, ...(file.sizeUnsaid ? {} : { file_size: file.bytes.length }) };
  if (kind === 'photo')
    return {
      photo: [
        { ...base, file_id: `${file.fileId}_small`, width: 90, height: 60, file_size: 100 },
        { ...base, width: 900, height: 600 },
      ],
    };
  const named = { ...base, file_name: file.name, ...(file.mimeType ? { mime_type: file.mimeType } : {}) };
  if (kind === 'video') return { video: { ...named, width: 640, height: 480, duration: 3 } };
  if (kind === 'audio') return { audio: { ...named, duration: 3 } };
  if (kind === 'video_note') return { video_note: { ...base, length: 240, duration: 3 } };
  if (kind === 'voice') return { voice: { ...base, duration: 3, mime_type: 'audio/ogg' } };
  return { document: named };
}
