import { EventEmitter } from 'node:events';
import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import { bad } from './check-content.ts';

export type MediaKind = 'photo' | 'video' | 'video_note' | 'audio' | 'voice' | 'document';
/** `sizeUnsaid`: updates do not say how large it is, as Telegram need not. */
export type StoredFile = { fileId: string; bytes: Buffer; name: string; mimeType?: string; sizeUnsaid?: boolean };

/** A message as a person sees it. */
export type ChatMessage = {
  id: number;
  from: number;
  text: string;
  entities: MessageEntity[];
  keyboard?: InlineKeyboardMarkup;
  topicId: number;
  replyTo?: number;
  media?: { kind: MediaKind; file: StoredFile };
  albumId?: string;
  silent: boolean;
  forceReply: boolean;
  edits: number;
};

export type Chat = {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title: string;
  isForum: boolean;
  topics: Map<number, string>;
  messages: Map<number, ChatMessage>;
  drafts: string[];
  actions: string[];
  nextId: number;
  blocked: boolean;
  /** The supergroup that it became. */
  movedTo?: number;
};

export const botId = 7_000_000_001;

/** All chats and files of a server; `changes` tells that something in them did. */
export function createChats() {
  const chats = new Map<number, Chat>();
  const files = new Map<string, StoredFile>();
  const changes = new EventEmitter().setMaxListeners(0);

  return {
    chats,
    files,
    changes,
    add(chat: Pick<Chat, 'id' | 'type' | 'title'> & Partial<Chat>): Chat {
      const made: Chat = {
        isForum: false,
        topics: new Map(),
        messages: new Map(),
        drafts: [],
        actions: [],
        nextId: 1,
        blocked: false,
        ...chat,
      };
      chats.set(made.id, made);
      return made;
    },
    get(chatId: number): Chat {
      const chat = chats.get(chatId);
      if (!chat) throw bad('chat not found');
      return chat;
    },
    put(chat: Chat, message: Omit<ChatMessage, 'id' | 'edits'>): ChatMessage {
      const stored = { ...message, id: chat.nextId, edits: 0 };
      chat.nextId += 1;
      chat.messages.set(stored.id, stored);
      changes.emit('change');
      return stored;
    },
    addFile(file: Omit<StoredFile, 'fileId'>): StoredFile {
      const stored = { ...file, fileId: `file_${files.size + 1}` };
      files.set(stored.fileId, stored);
      return stored;
    },
  };
}
export type Chats = ReturnType<typeof createChats>;
