import { createHash } from 'node:crypto';
import type { MessageEntity, Update } from 'grammy/types';
import { botId, type Chat, type ChatMessage, type MediaKind, type StoredFile } from './bot-api/chats.ts';
import type { BotApiServer } from './bot-api/start-bot-api.ts';
import { botUser, wireChat, wireMessage } from './bot-api/wire-message.ts';

export type SayOptions = { replyTo?: ChatMessage; topicId?: number; chat?: Chat };
export type Answer = { text?: string; alert?: boolean };
type SentFile = Omit<StoredFile, 'fileId'> & { kind: MediaKind };

/** A person with Telegram open: says things, taps buttons, and sees what stands in the chat. */
export function personIn(server: BotApiServer, { id, name }: { id: number; name: string }) {
  const { chats, queue, people, callbacks, inlineAnswers } = server;
  people.set(id, name);
  const home = chats.chats.get(id) ?? chats.add({ id, type: 'private', title: name, isForum: server.topicsInPrivate });
  let taps = 0;

  function put(message: Pick<ChatMessage, 'text'> & Partial<ChatMessage>, { replyTo, topicId, chat = home }: SayOptions): ChatMessage {
    const entities = commandEntities(message.text);
    return chats.put(chat, {
      from: id,
      entities,
      topicId: topicId ?? replyTo?.topicId ?? 0,
      replyTo: replyTo?.id,
      silent: false,
      forceReply: false,
      ...message,
    });
  }

  function send(chat: Chat, message: ChatMessage, kind: 'message' | 'edited_message' = 'message'): number {
    return queue.push({ [kind]: wireMessage(chat, message, people) } as Omit<Update, 'update_id'>);
  }

  function tapData(chat: Chat, message: ChatMessage, data: string, again?: number) {
    taps += 1;
    const callbackId = `tap_${id}_${taps}`;
    callbacks.set(callbackId, {});
    const from = { id, is_bot: false, first_name: name };
    const update = { callback_query: { id: callbackId, from, chat_instance: '1', message: wireMessage(chat, message, people), data } };
    const updateId = queue.push(update as Omit<Update, 'update_id'>, again);
    const answered = server.until(() => callbacks.get(callbackId)?.answered, `the answer to a tap on ${JSON.stringify(data)}`);
    answered.catch(() => {});
    return { updateId, answered: answered as Promise<Answer> };
  }

  const person = {
    id,
    name,
    chat: home,
    say(text: string, options: SayOptions = {}): ChatMessage {
      const message = put({ text }, options);
      send(options.chat ?? home, message);
      return message;
    },
    edit(message: ChatMessage, text: string, chat = home): void {
      message.text = text;
      send(chat, message, 'edited_message');
    },
    send({ kind, ...file }: SentFile, caption = '', options: SayOptions & { albumId?: string } = {}): ChatMessage {
      const stored = chats.addFile(file);
      const message = put({ text: caption, media: { kind, file: stored }, albumId: options.albumId }, options);
      send(options.chat ?? home, message);
      return message;
    },
    album(files: SentFile[], caption: string): void {
      const albumId = createHash('sha256').update(caption).digest('hex').slice(0, 12);
      for (const [index, file] of files.entries()) person.send(file, index === 0 ? caption : '', { albumId });
    },
    /** Taps the button with these words on it, the newest there is, or that of one message; returns what the server was told to show. */
    async tap(label: string | RegExp, chat = home, messageId?: number): Promise<Answer> {
      const fits = (text: string) => (typeof label === 'string' ? text.includes(label) : label.test(text));
      const find = () =>
        [...chat.messages.values()]
          .filter(({ id: other }) => messageId === undefined || other === messageId)
          .reverse()
          .flatMap((message) => (message.keyboard?.inline_keyboard.flat() ?? []).map((button) => ({ message, button })))
          .find(({ button }) => fits(button.text));
      const { message, button } = await server.until(find, `a button "${label}" in\n${transcript(chat, people)}`);
      return tapData(chat, message, 'callback_data' in button ? (button.callback_data ?? '') : '').answered;
    },
    tapData,
    async inline(query: string): Promise<unknown> {
      taps += 1;
      const inlineId = `inline_${id}_${taps}`;
      queue.push({ inline_query: { id: inlineId, from: { id, is_bot: false, first_name: name }, query, offset: '' } });
      return server.until(() => inlineAnswers.get(inlineId), 'the answer to an inline query');
    },
    /** The newest message of the bot with these words, once it stands there. */
    async sees(words: string | RegExp, chat = home): Promise<ChatMessage> {
      const fits = ({ from, text }: ChatMessage) => from === botId && (typeof words === 'string' ? text.includes(words) : words.test(text));
      return server
        .until(() => [...chat.messages.values()].findLast(fits), `a message with ${words}`)
        .catch((error: Error) => Promise.reject(new Error(`${error.message} The chat:\n${transcript(chat, people)}`)));
    },
    transcript: (chat = home) => transcript(chat, people),
    messages: (chat = home) => [...chat.messages.values()].filter(({ from }) => from === botId),
  };
  return person;
}
export type ChatPerson = ReturnType<typeof personIn>;

/** What a tap on a message's first button with these words sends; '' where there is none. */
export function dataOf(message: ChatMessage, label = ''): string {
  const button = message.keyboard?.inline_keyboard.flat().find(({ text }) => text.includes(label));
  return button && 'callback_data' in button ? (button.callback_data ?? '') : '';
}

/** A group that the bot is in; with topics when it is a forum. */
export function groupOf(server: BotApiServer, { id, title, isForum = false }: { id: number; title: string; isForum?: boolean }): Chat {
  return server.chats.add({ id, type: 'supergroup', title, isForum });
}

function commandEntities(text: string): MessageEntity[] {
  const command = /^\/[a-z0-9_]+(?:@\w+)?/i.exec(text)?.[0];
  return command ? [{ type: 'bot_command', offset: 0, length: command.length }] : [];
}

/** The chat as a person reads it: who, what, formatting as marks, buttons in brackets. */
export function transcript(chat: Chat, people: Map<number, string>): string {
  const lines = [...chat.messages.values()].map((message) => {
    const who = message.from === botId ? botUser.first_name : (people.get(message.from) ?? '?');
    const marks = [
      message.silent ? 'silent' : '',
      message.edits ? `edited ${message.edits}×` : '',
      message.topicId ? `topic ${chat.topics.get(message.topicId)}` : '',
    ];
    const media = message.media ? `<${message.media.kind} ${message.media.file.name} ${message.media.file.bytes.length} B>\n` : '';
    const rows = (message.keyboard?.inline_keyboard ?? []).map((row) => row.map(({ text }) => `[ ${text} ]`).join(' '));
    const body = [`${media}${marked(message)}`, ...rows].join('\n').replaceAll('\n', '\n    ');
    return `#${message.id} ${who}${marks.filter(Boolean).length ? ` (${marks.filter(Boolean).join(', ')})` : ''}\n    ${body}`;
  });
  return `── ${wireChat(chat).id} ${chat.title} ──\n${lines.join('\n')}`;
}

const signs: Record<string, string> = {
  bold: '*',
  italic: '_',
  code: '`',
  pre: '```',
  blockquote: '»',
  expandable_blockquote: '»»',
  strikethrough: '~',
};

function marked({ text, entities }: ChatMessage): string {
  const points = entities.flatMap(({ type, offset, length }) => [
    { at: offset, sign: signs[type] ?? '' },
    { at: offset + length, sign: signs[type] ?? '' },
  ]);
  return points.toSorted((left, right) => right.at - left.at).reduce((out, { at, sign }) => out.slice(0, at) + sign + out.slice(at), text);
}
