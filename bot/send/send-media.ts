import { GrammyError } from 'grammy';
import { finishText, type RichText } from '../render/rich-text.ts';
import type { MediaKind } from './media-kind.ts';
import { upload } from './upload.ts';

export type OutgoingFile = { bytes: Buffer; name: string; kind: MediaKind; caption: RichText };
export type MediaTarget = { chat_id: number; message_thread_id?: number; disable_notification?: boolean };
type Sent = { message_id: number };

const methods = {
  photo: 'sendPhoto',
  video: 'sendVideo',
  audio: 'sendAudio',
  voice: 'sendVoice',
  document: 'sendDocument',
} as const satisfies Record<MediaKind, string>;
const captionLimit = 1_024;

/** How the calls below go out. What a payload holds fits its method: only this file makes them. */
export type SendMedia = (method: (typeof methods)[MediaKind] | 'sendMediaGroup', payload: never) => Promise<unknown>;

/** Files as one message, or as one album where there are several. What Telegram cannot show as what it is goes as a document. Returns the messages' ids. */
export async function sendMedia(send: SendMedia, target: MediaTarget, files: [OutgoingFile, ...OutgoingFile[]]): Promise<number[]> {
  try {
    return await sendAs(send, target, files);
  } catch (error) {
    const asDocuments = files.map((file): OutgoingFile => ({ ...file, kind: 'document' }));
    if (!isUnshowable(error) || files.every(({ kind }) => kind === 'document')) throw error;
    return sendAs(send, target, asDocuments as [OutgoingFile, ...OutgoingFile[]]);
  }
}

async function sendAs(send: SendMedia, target: MediaTarget, files: [OutgoingFile, ...OutgoingFile[]]): Promise<number[]> {
  const [first, ...others] = files;
  if (others.length === 0) {
    const payload = { ...target, ...captionOf(first), [first.kind]: upload(first.bytes, first.name) };
    return [((await send(methods[first.kind], payload as never)) as Sent).message_id];
  }
  const media = files.map((file) => ({ type: file.kind, media: upload(file.bytes, file.name), ...captionOf(file) }));
  return ((await send('sendMediaGroup', { ...target, media } as never)) as Sent[]).map(({ message_id }) => message_id);
}

function captionOf({ caption }: OutgoingFile) {
  const { text, entities } = finishText(caption, captionLimit);
  return { caption: text, caption_entities: entities };
}

/** A picture of a strange shape, or a file that is not what its name says. */
function isUnshowable(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && /PHOTO|IMAGE|VIDEO|AUDIO|VOICE|MEDIA|file/i.test(error.description);
}
