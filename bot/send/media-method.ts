const photoBytes = 10_000_000;

type MediaMethod = { method: 'sendPhoto' | 'sendVideo' | 'sendAudio' | 'sendVoice' | 'sendDocument'; field: string };

/** How Telegram shows a file of this type as what it is. A picture that it would not take as one, and all else, goes as a document. */
export function mediaMethod(mediaType: string, bytes: number): MediaMethod {
  if (/^image\/(?:png|jpeg|webp)$/.test(mediaType) && bytes <= photoBytes) return { method: 'sendPhoto', field: 'photo' };
  if (mediaType === 'video/mp4') return { method: 'sendVideo', field: 'video' };
  if (mediaType === 'audio/mpeg' || mediaType === 'audio/mp4') return { method: 'sendAudio', field: 'audio' };
  if (mediaType === 'audio/ogg') return { method: 'sendVoice', field: 'voice' };
  return { method: 'sendDocument', field: 'document' };
}
