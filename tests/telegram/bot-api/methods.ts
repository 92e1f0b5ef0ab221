import type { Message, MessageEntity } from 'grammy/types';
import { z } from 'zod';
import { botId, type Chat, type ChatMessage, type Chats, type MediaKind, type StoredFile } from './chats.ts';
import { bad, checkText, Entities, ForceReply, Keyboard, PreviewOff, Refusal, ReplyTo } from './check-content.ts';
import type { UpdateQueue } from './update-queue.ts';
import { botUser, wireMessage } from './wire-message.ts';

export type Surroundings = {
  chats: Chats;
  queue: UpdateQueue;
  people: Map<number, string>;
  callbacks: Map<string, { answered?: { text?: string; alert?: boolean }; expired?: boolean }>;
  inlineAnswers: Map<string, unknown>;
  commands: { command: string; description: string }[];
  topicsInPrivate: boolean;
};
type Method = { payload: z.ZodType; run(payload: never, gone: AbortSignal): unknown };

const megabyte = 1024 * 1024;
const Upload = z.instanceof(File).refine((file) => file.size > 0 && file.size <= 50 * megabyte, 'Request Entity Too Large');
const Target = { chat_id: z.number().int(), message_thread_id: z.number().int().positive().optional() };
const Sending = {
  ...Target,
  disable_notification: z.boolean().optional(),
  reply_parameters: ReplyTo.optional(),
  reply_markup: z.union([Keyboard, ForceReply]).optional(),
};
const Caption = { caption: z.string().optional(), caption_entities: Entities.optional() };
const Text = { text: z.string(), entities: Entities.optional(), link_preview_options: PreviewOff };
const Article = z.strictObject({
  type: z.literal('article'),
  id: z.string().regex(/^.{1,64}$/),
  title: z.string().min(1),
  description: z.string().min(1),
  input_message_content: z.strictObject({ message_text: z.string(), entities: Entities, link_preview_options: PreviewOff }),
});
const mediaKinds = ['photo', 'video', 'audio', 'voice', 'document'] as const;

/** Every method that the bot may call, with exactly the parameters it may have: another one, or one more, is refused. */
export function botApiMethods(world: Surroundings): Record<string, Method> {
  const { chats, queue, people } = world;

  type Sent = {
    chat_id: number;
    message_thread_id?: number;
    disable_notification?: boolean;
    reply_parameters?: { message_id: number };
    reply_markup?: object;
  };
  function send(payload: Sent, content: Pick<ChatMessage, 'text' | 'entities' | 'media' | 'albumId'>): Message {
    const chat = open(payload.chat_id);
    const topicId = payload.message_thread_id ?? 0;
    if (topicId && !chat.topics.has(topicId)) throw bad('message thread not found');
    const replyTo =
      payload.reply_parameters && chat.messages.has(payload.reply_parameters.message_id) ? payload.reply_parameters.message_id : undefined;
    const markup = payload.reply_markup ?? {};
    const stored = chats.put(chat, {
      ...content,
      from: botId,
      topicId,
      replyTo,
      keyboard: 'inline_keyboard' in markup ? (markup as ChatMessage['keyboard']) : undefined,
      silent: payload.disable_notification ?? false,
      forceReply: 'force_reply' in markup,
    });
    chat.drafts.push('');
    return wireMessage(chat, stored, people);
  }

  function open(chatId: number): Chat {
    const chat = chats.get(chatId);
    if (chat.blocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    if (chat.movedTo)
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.movedTo });
    return chat;
  }

  function own(chat: Chat, messageId: number, verb: string): ChatMessage {
    const message = chat.messages.get(messageId);
    if (!message) throw bad(`message to ${verb} not found`);
    if (message.from !== botId) throw bad(`message can't be ${verb}ed`);
    return message;
  }

  function method<Payload extends z.ZodType>(payload: Payload, run: (payload: z.infer<Payload>, gone: AbortSignal) => unknown): Method {
    return { payload, run: run as Method['run'] };
  }

  async function store(kind: MediaKind, file: File): Promise<StoredFile> {
    const bytes = Buffer.from(await file.arrayBuffer());
    if (kind === 'photo' && !/^(?:\x89PNG|\xff\xd8|RIFF)/.test(bytes.toString('latin1', 0, 4))) throw bad('IMAGE_PROCESS_FAILED');
    return chats.addFile({ name: file.name, bytes, mimeType: file.type });
  }

  const sendMedia = (kind: MediaKind) =>
    method(z.strictObject({ ...Sending, ...Caption, [kind]: Upload }), async (payload) => {
      const { caption = '', caption_entities: entities = [] } = payload as { caption?: string; caption_entities?: MessageEntity[] };
      if (caption) checkText(caption, entities, 1024);
      const file = (payload as unknown as Record<string, File>)[kind];
      if (!file) throw bad(`there is no ${kind} in the request`);
      if (kind === 'photo' && file.size > 10 * megabyte) throw bad('photo is too big');
      const stored = await store(kind, file);
      return send(payload as unknown as Sent, { text: caption, entities, media: { kind, file: stored } });
    });

  return {
    getMe: method(z.strictObject({}), () => ({
      ...botUser,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: true,
      has_topics_enabled: world.topicsInPrivate,
    })),
    getUpdates: method(
      z.strictObject({
        offset: z.number().int().optional(),
        limit: z.number().int().min(1).max(100).optional(),
        timeout: z.number().int().max(50).optional(),
        allowed_updates: z.array(z.string()).optional(),
      }),
      (payload, gone) => queue.take(payload, gone),
    ),
    setWebhook: method(
      z.strictObject({
        url: z.url(),
        secret_token: z.string().regex(/^[\w-]{1,256}$/),
        allowed_updates: z.array(z.string()).optional(),
        max_connections: z.number().int().min(1).max(100).optional(),
      }),
      (payload) => {
        queue.setWebhook(payload);
        return true;
      },
    ),
    deleteWebhook: method(z.strictObject({ drop_pending_updates: z.literal(false).optional() }), () => {
      queue.setWebhook(null);
      return true;
    }),
    setMyCommands: method(
      z.strictObject({
        commands: z
          .array(z.strictObject({ command: z.string().regex(/^[a-z0-9_]{1,32}$/), description: z.string().min(1).max(256) }))
          .max(100),
      }),
      ({ commands }) => {
        world.commands.splice(0, world.commands.length, ...commands);
        return true;
      },
    ),
    sendMessage: method(z.strictObject({ ...Sending, ...Text }), (payload) => {
      checkText(payload.text, payload.entities ?? [], 4096);
      return send(payload, { text: payload.text, entities: payload.entities ?? [] });
    }),
    editMessageText: method(
      z.strictObject({ chat_id: z.number().int(), message_id: z.number().int(), ...Text, reply_markup: Keyboard.optional() }),
      (payload) => {
        const { text, entities = [], reply_markup } = payload;
        const keyboard = reply_markup as ChatMessage['keyboard'];
        checkText(text, entities, 4096);
        const chat = open(payload.chat_id);
        const message = own(chat, payload.message_id, 'edit');
        if (message.media) throw bad('there is no text in the message to edit');
        const shown = (of: Pick<ChatMessage, 'text' | 'entities' | 'keyboard'>) =>
          JSON.stringify([of.text, of.entities, of.keyboard ?? null]);
        if (shown(message) === shown({ text, entities, keyboard })) throw bad('message is not modified');
        Object.assign(message, { text, entities, keyboard, edits: message.edits + 1 } as Partial<ChatMessage>);
        chats.changes.emit('change');
        return wireMessage(chat, message, people);
      },
    ),
    editMessageReplyMarkup: method(z.strictObject({ chat_id: z.number().int(), message_id: z.number().int() }), (payload) => {
      const message = own(open(payload.chat_id), payload.message_id, 'edit');
      if (!message.keyboard) throw bad('message is not modified');
      message.keyboard = undefined;
      chats.changes.emit('change');
      return true;
    }),
    deleteMessage: method(z.strictObject({ chat_id: z.number().int(), message_id: z.number().int() }), (payload) => {
      const chat = open(payload.chat_id);
      if (chat.type !== 'private') own(chat, payload.message_id, 'delet');
      else if (!chat.messages.has(payload.message_id)) throw bad('message to delete not found');
      chat.messages.delete(payload.message_id);
      chats.changes.emit('change');
      return true;
    }),
    answerCallbackQuery: method(
      z.strictObject({ callback_query_id: z.string(), text: z.string().min(1).max(200).optional(), show_alert: z.boolean().optional() }),
      (payload) => {
        const callback = world.callbacks.get(payload.callback_query_id);
        if (!callback || callback.answered || callback.expired)
          throw bad('query is too old and response timeout expired or query ID is invalid');
        callback.answered = { text: payload.text, alert: payload.show_alert };
        chats.changes.emit('change');
        return true;
      },
    ),
    answerInlineQuery: method(
      z.strictObject({
        inline_query_id: z.string(),
        results: z.array(Article).max(50),
        cache_time: z.literal(0),
        is_personal: z.literal(true),
        button: z.strictObject({ text: z.string().min(1).max(64), start_parameter: z.string().regex(/^[\w-]{1,64}$/) }).optional(),
      }),
      (payload) => {
        for (const { input_message_content: content } of payload.results) checkText(content.message_text, content.entities, 4096);
        world.inlineAnswers.set(payload.inline_query_id, payload);
        chats.changes.emit('change');
        return true;
      },
    ),
    setMessageReaction: method(
      z.strictObject({
        chat_id: z.number().int(),
        message_id: z.number().int(),
        reaction: z.array(z.strictObject({ type: z.literal('emoji'), emoji: z.enum(['👍', '👀', '👌', '🔥', '🎉']) })).max(1),
      }),
      (payload) => {
        if (!open(payload.chat_id).messages.has(payload.message_id)) throw bad('message to react not found');
        return true;
      },
    ),
    sendChatAction: method(
      z.strictObject({ ...Target, action: z.enum(['typing', 'upload_photo', 'upload_document', 'upload_video', 'upload_voice']) }),
      (payload) => {
        open(payload.chat_id).actions.push(payload.action);
        return true;
      },
    ),
    sendMessageDraft: method(
      z.strictObject({
        ...Target,
        draft_id: z
          .number()
          .int()
          .refine((id) => id !== 0),
        text: z.string(),
        entities: Entities.optional(),
      }),
      (payload) => {
        const chat = open(payload.chat_id);
        if (chat.type !== 'private') throw bad('method is available only in private chats');
        checkText(payload.text, payload.entities ?? [], 4096);
        chat.drafts.push(payload.text);
        chats.changes.emit('change');
        return true;
      },
    ),
    createForumTopic: method(z.strictObject({ chat_id: z.number().int(), name: z.string().trim().min(1).max(128) }), (payload) => {
      const chat = open(payload.chat_id);
      if (!chat.isForum) throw bad(chat.type === 'private' ? 'the chat is not a forum' : 'the supergroup is not a forum');
      const topicId = chat.nextId;
      chat.nextId += 1;
      chat.topics.set(topicId, payload.name);
      chats.changes.emit('change');
      return { message_thread_id: topicId, name: payload.name, icon_color: 7_322_096 };
    }),
    ...Object.fromEntries(mediaKinds.map((kind) => [`send${kind[0]?.toUpperCase()}${kind.slice(1)}`, sendMedia(kind)])),
    sendMediaGroup: method(
      z.looseObject({
        ...Target,
        disable_notification: z.boolean().optional(),
        media: z
          .array(
            z.strictObject({
              type: z.enum(['photo', 'video', 'audio', 'document']),
              media: z.string().startsWith('attach://'),
              ...Caption,
            }),
          )
          .min(2)
          .max(10),
      }),
      async (payload) => {
        const albumId = `album_${chats.files.size}`;
        const sent: Message[] = [];
        for (const { type, media, caption = '', caption_entities: entities = [] } of payload.media) {
          const file = Upload.parse((payload as Record<string, unknown>)[media.slice('attach://'.length)]);
          if (caption) checkText(caption, entities, 1024);
          const stored = await store(type, file);
          sent.push(send(payload, { text: caption, entities, media: { kind: type, file: stored }, albumId }));
        }
        return sent;
      },
    ),
    getFile: method(z.strictObject({ file_id: z.string() }), ({ file_id }) => {
      const file = chats.files.get(file_id);
      if (!file) throw bad('invalid file_id');
      if (file.bytes.length > 20 * megabyte) throw bad('file is too big');
      return { file_id, file_unique_id: `u_${file_id}`, file_size: file.bytes.length, file_path: `documents/${file_id}` };
    }),
  };
}
