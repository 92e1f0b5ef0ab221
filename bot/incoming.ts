import { type Api, Context } from 'grammy';
import type { Message, Update, UserFromGetMe } from 'grammy/types';
import type { Person } from '#lib/auth/require-person.ts';
import type { Context as VerbContext } from '#lib/context.ts';
import type { InboxEntry } from '#lib/telegram/inbox.ts';
import { updateCause } from '#lib/telegram/update-cause.ts';
import type { BotServices } from './bot-services.ts';
import type { Desk } from './reconcile/create-desk.ts';
import type { ButtonSpec } from './render/message-spec.ts';
import type { RichText } from './render/rich-text.ts';
import { finishText } from './render/rich-text.ts';
import { cutText } from './render/safe-text.ts';
import { inlineKeyboard } from './send/inline-keyboard.ts';
import { removeMessage } from './send/remove-message.ts';
import { priorities } from './send/send-budget.ts';
import { type OutgoingFile, type SendMedia, sendMedia } from './send/send-media.ts';

/** One update of Telegram on its way through the features, with who sent it and what it may do. */
export class Incoming extends Context {
  readonly services: BotServices;
  readonly desk: Desk;
  readonly entry: InboxEntry;
  /** All messages of an album; else the one there is. */
  readonly album: Message[];
  /** Set by the gate; nothing behind it runs for anybody else. */
  person: Person | null = null;
  tapAnswered = false;

  constructor(
    update: Update,
    api: Api,
    me: UserFromGetMe,
    given: { services: BotServices; desk: Desk; entry: InboxEntry; album: Message[] },
  ) {
    super(update, api, me);
    this.services = given.services;
    this.desk = given.desk;
    this.entry = given.entry;
    this.album = given.album;
  }

  /** What a verb takes: the person behind this update, which the ledger names as the cause of what follows. */
  get verb(): VerbContext {
    if (!this.person) throw new Error('Nobody is behind this update.');
    return { ...this.services, actor: { ...this.person, cause: this.cause } };
  }

  /** By what the ledger knows this update. */
  get cause(): string {
    return updateCause(this.entry.updateId, this.senderId);
  }

  get senderId(): number {
    return this.from?.id ?? 0;
  }

  get here(): { chatId: number; topicId: number } {
    const topicId = this.msg?.is_topic_message ? (this.msg.message_thread_id ?? 0) : 0;
    return { chatId: this.chat?.id ?? this.senderId, topicId };
  }

  get isPrivate(): boolean {
    return this.chat === undefined || this.chat.type === 'private';
  }

  /** Whether a thread gets a topic of its own here. */
  get hasTopics(): boolean {
    return this.isPrivate ? this.me.has_topics_enabled === true : this.chat?.type === 'supergroup' && this.chat.is_forum === true;
  }

  /** Says something that the ledger does not: an answer to a command. Returns the message's id. Buttons are the asker's alone. */
  async say(
    content: RichText | string,
    { buttons = [], forceReply }: { buttons?: ButtonSpec[][]; forceReply?: string } = {},
  ): Promise<number> {
    const { chatId, topicId } = this.here;
    const keyboard = await inlineKeyboard(this.services, { chatId, telegramId: this.senderId, buttons });
    const markup = forceReply ? { force_reply: true as const, selective: true, input_field_placeholder: forceReply } : keyboard;
    const replyTo = forceReply || !this.isPrivate ? this.msg?.message_id : undefined;
    const { message_id } = await this.services.telegram.send(priorities.answer, 'sendMessage', {
      chat_id: chatId,
      ...(topicId ? { message_thread_id: topicId } : {}),
      ...finishText(typeof content === 'string' ? { text: content, entities: [] } : content),
      link_preview_options: { is_disabled: true },
      ...(markup ? { reply_markup: markup } : {}),
      ...(replyTo ? { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } } : {}),
    });
    return message_id;
  }

  async sendFile(file: OutgoingFile): Promise<void> {
    const { chatId, topicId } = this.here;
    const { telegram } = this.services;
    const send: SendMedia = (method, payload) => telegram.send(priorities.answer, method, payload);
    await sendMedia(send, { chat_id: chatId, ...(topicId ? { message_thread_id: topicId } : {}) }, [file]);
  }

  /** Shows something in the place of the message whose button was tapped. */
  async showInstead(content: RichText, buttons: ButtonSpec[][] = []): Promise<void> {
    const messageId = this.callbackQuery?.message?.message_id;
    if (messageId === undefined) return;
    const keyboard = await inlineKeyboard(this.services, { chatId: this.here.chatId, telegramId: this.senderId, buttons });
    await this.services.telegram
      .send(priorities.answer, 'editMessageText', {
        chat_id: this.here.chatId,
        message_id: messageId,
        ...finishText(content),
        link_preview_options: { is_disabled: true },
        ...(keyboard ? { reply_markup: keyboard } : {}),
      })
      .catch((error: unknown) => this.services.log('A message could not be changed', error));
  }

  /** Removes the message whose button was tapped. */
  async removeMenu(): Promise<void> {
    const messageId = this.callbackQuery?.message?.message_id;
    if (messageId !== undefined) await removeMessage(this.services.telegram, { chat_id: this.here.chatId, message_id: messageId });
  }

  /** The words that a phone shows for a moment after a tap. */
  async answerTap(text = '', { alert = false } = {}): Promise<void> {
    const id = this.callbackQuery?.id;
    if (!id || this.tapAnswered) return;
    this.tapAnswered = true;
    const answer = { callback_query_id: id, ...(text ? { text: cutText(text, 190) } : {}), ...(alert ? { show_alert: true } : {}) };
    const { telegram } = this.services;
    // A connection that was kept open may be closed just now; a second answer changes nothing.
    if ((await telegram.attempt('answerCallbackQuery', answer)) === 'lost') await telegram.attempt('answerCallbackQuery', answer);
  }
}
