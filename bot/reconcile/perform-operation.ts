import type { ThreadState } from '#lib/core/state.ts';
import { isHushed } from '#lib/telegram/is-hushed.ts';
import { moveChat } from '#lib/telegram/move-chat.ts';
import { leaveChat, leaveTopic, type Place } from '#lib/telegram/places.ts';
import { forgetStanding, recordStanding, type StandingMessage } from '#lib/telegram/standing-messages.ts';
import type { BotServices } from '../bot-services.ts';
import type { FilesSpec, MessageSpec } from '../render/message-spec.ts';
import { finishText } from '../render/rich-text.ts';
import { movedTo, refusalOf, TryAgain } from '../send/call-telegram.ts';
import { inlineKeyboard } from '../send/inline-keyboard.ts';
import { albumOf } from '../send/media-kind.ts';
import { priorities } from '../send/send-budget.ts';
import { type OutgoingFile, type SendMedia, sendMedia } from '../send/send-media.ts';
import type { Operation } from './plan-operations.ts';
import { readFile } from './read-files.ts';

type Where = { place: Place; state: ThreadState; standing: StandingMessage[]; attempt: number };

/** Makes one call, in a slot of the budget that is taken already, and remembers what stands there now. Throws `TryAgain` for what may pass. */
export async function performOperation(services: BotServices, where: Where, operation: Operation): Promise<void> {
  const { place, attempt } = where;
  const { chatId, threadId } = place;
  const { spec, hash } = operation;
  try {
    if (operation.kind === 'edit') {
      await services.telegram.sendOnce(attempt, 'editMessageText', {
        chat_id: chatId,
        message_id: operation.messageId,
        ...(await textOf(services, chatId, operation.spec)),
      });
      await recordStanding(services, { chatId, key: spec.key, threadId, messageId: operation.messageId, hash });
      return;
    }
    const messageIds = spec.kind === 'files' ? await sendFiles(services, where, spec) : [await sendText(services, where, spec)];
    for (const [index, messageId] of messageIds.entries())
      await recordStanding(services, { chatId, key: index === 0 ? spec.key : `${spec.key}/${index}`, threadId, messageId, hash });
  } catch (error) {
    if (error instanceof TryAgain || services.telegram.signal.aborted) throw error;
    await settleRefusal(services, place, operation, error);
  }
}

/** What Telegram refuses for good is settled here, so that it is not tried for ever. */
async function settleRefusal(services: BotServices, place: Place, { spec, hash, ...operation }: Operation, error: unknown): Promise<void> {
  const { chatId, threadId } = place;
  const messageId = 'messageId' in operation ? operation.messageId : null;
  const newChatId = movedTo(error);
  if (newChatId !== null) return moveChat(services, { from: chatId, to: newChatId });
  const refusal = refusalOf(error);
  if (refusal === 'chat-gone') return leaveChat(services, chatId);
  if (refusal === 'topic-gone') return leaveTopic(services, place);
  if (refusal === 'message-gone' && messageId !== null) return forgetStanding(services, { chatId, keys: [spec.key] });
  if (refusal !== 'unchanged') services.log(`Telegram refuses ${operation.kind} of ${spec.key}`, error);
  // A number of its own: no message has it, and nothing but the key is asked for.
  await recordStanding(services, { chatId, key: spec.key, threadId, messageId: messageId ?? -Math.floor(Math.random() * 2 ** 31), hash });
}

async function sendText(services: BotServices, { place, standing, attempt }: Where, spec: MessageSpec): Promise<number> {
  const replied = standing.find(({ key }) => key === spec.replyTo);
  const isQuestion = spec.priority === priorities.approval;
  const silent = spec.silent || (await isHushed(services, place, { isQuestion }));
  const { message_id } = await services.telegram.sendOnce(attempt, 'sendMessage', {
    ...target(place),
    ...(await textOf(services, place.chatId, spec)),
    ...(silent ? { disable_notification: true } : {}),
    ...(replied ? { reply_parameters: { message_id: replied.messageId, allow_sending_without_reply: true } } : {}),
  });
  return message_id;
}

async function textOf(services: BotServices, chatId: number, spec: MessageSpec) {
  const keyboard = await inlineKeyboard(services, { chatId, buttons: spec.buttons });
  return { ...finishText(spec.content), link_preview_options: { is_disabled: true }, ...(keyboard ? { reply_markup: keyboard } : {}) };
}

async function sendFiles(services: BotServices, { place, state, attempt }: Where, spec: FilesSpec): Promise<number[]> {
  const files = await Promise.all(spec.files.map((file) => readFile(services, state, file)));
  // Files that are gone are no pictures any more, and an album is of one kind.
  const kinds = new Set(files.map(({ kind }) => albumOf(kind)));
  const shown = kinds.size === 1 ? files : files.map((file) => ({ ...file, kind: 'document' as const }));
  const send: SendMedia = (method, payload) => services.telegram.sendOnce(attempt, method, payload);
  const to = { ...target(place), disable_notification: spec.silent };
  return sendMedia(send, to, shown as [OutgoingFile, ...OutgoingFile[]]);
}

function target({ chatId, topicId }: Place) {
  return { chat_id: chatId, ...(topicId ? { message_thread_id: topicId } : {}) };
}
