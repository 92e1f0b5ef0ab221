import type { ThreadState } from '#lib/core/state.ts';
import { readFileAt } from '#lib/git/read-commit-file.ts';
import { leaveChat, leaveTopic, type Place } from '#lib/telegram/places.ts';
import { forgetStanding, recordStanding, type StandingMessage } from '#lib/telegram/standing-messages.ts';
import type { BotServices } from '../bot-services.ts';
import type { FileSpec, MessageSpec } from '../render/message-spec.ts';
import { finishText } from '../render/rich-text.ts';
import { refusalOf, TryAgain } from '../send/call-telegram.ts';
import { inlineKeyboard } from '../send/inline-keyboard.ts';
import { mediaMethod } from '../send/media-method.ts';
import { upload } from '../send/upload.ts';
import type { Operation } from './plan-operations.ts';

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
    const messageId = spec.kind === 'file' ? await sendFile(services, where, spec) : await sendText(services, where, spec);
    await recordStanding(services, { chatId, key: spec.key, threadId, messageId, hash });
  } catch (error) {
    if (error instanceof TryAgain || services.telegram.signal.aborted) throw error;
    await settleRefusal(services, place, operation, error);
  }
}

/** What Telegram refuses for good is settled here, so that it is not tried for ever. */
async function settleRefusal(services: BotServices, place: Place, { spec, hash, ...operation }: Operation, error: unknown): Promise<void> {
  const { chatId, threadId } = place;
  const messageId = 'messageId' in operation ? operation.messageId : null;
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
  const { message_id } = await services.telegram.sendOnce(attempt, 'sendMessage', {
    ...target(place),
    ...(await textOf(services, place.chatId, spec)),
    ...(spec.silent ? { disable_notification: true } : {}),
    ...(replied ? { reply_parameters: { message_id: replied.messageId, allow_sending_without_reply: true } } : {}),
  });
  return message_id;
}

async function textOf(services: BotServices, chatId: number, spec: MessageSpec) {
  const keyboard = await inlineKeyboard(services, { chatId, buttons: spec.buttons });
  return { ...finishText(spec.content), link_preview_options: { is_disabled: true }, ...(keyboard ? { reply_markup: keyboard } : {}) };
}

async function sendFile(services: BotServices, { place, state, attempt }: Where, spec: FileSpec): Promise<number> {
  const { text: caption, entities: caption_entities } = finishText(spec.caption, 1_024);
  const file = await readContent(services, state, spec);
  const { method, field } = mediaMethod(file.mediaType, file.bytes.length);
  const payload = {
    ...target(place),
    caption,
    caption_entities,
    disable_notification: spec.silent,
    [field]: upload(file.bytes, file.name),
  };
  const sent = await services.telegram.sendOnce(attempt, method, payload as never);
  return (sent as { message_id: number }).message_id;
}

async function readContent(
  services: BotServices,
  state: ThreadState,
  { content }: FileSpec,
): Promise<{ bytes: Buffer; name: string; mediaType: string }> {
  if ('text' in content) return { bytes: Buffer.from(content.text), name: content.name, mediaType: 'text/plain' };
  const { path, mediaType } = content.artifact;
  const checkpoint = state.checkpoints.find(({ checkpointId }) => checkpointId === content.at);
  const store = services.home.store(state.projectId);
  const file =
    checkpoint &&
    (await readFileAt({ store, commit: checkpoint.commit, path }).catch((error: unknown) => {
      // A broken store stays broken: said once, not tried for ever.
      services.log(`A file of ${state.threadId} could not be read`, error);
      return null;
    }));
  const name = path.split('/').at(-1) ?? path;
  return file?.kind === 'file' && file.bytes.length > 0
    ? { bytes: file.bytes, name, mediaType }
    : { bytes: Buffer.from('This file is not there any more.'), name: `${name}.txt`, mediaType: 'text/plain' };
}

function target({ chatId, topicId }: Place) {
  return { chat_id: chatId, ...(topicId ? { message_thread_id: topicId } : {}) };
}
