const photoBytes = 10_000_000;

export type MediaKind = 'photo' | 'video' | 'audio' | 'voice' | 'document';

/** How Telegram shows a file of this type as what it is. A picture that it would not take as one, and all else, goes as a document. */
export function mediaKind(mediaType: string, bytes: number): MediaKind {
  if (/^image\/(?:png|jpeg|webp)$/.test(mediaType) && bytes <= photoBytes) return 'photo';
  if (mediaType === 'video/mp4') return 'video';
  if (mediaType === 'audio/mpeg' || mediaType === 'audio/mp4') return 'audio';
  if (mediaType === 'audio/ogg') return 'voice';
  return 'document';
}

/** What may stand in one album with it; null for what stands alone. */
export function albumOf(kind: MediaKind): 'pictures' | 'audio' | 'documents' | null {
  if (kind === 'photo' || kind === 'video') return 'pictures';
  if (kind === 'audio') return 'audio';
  return kind === 'document' ? 'documents' : null;
}
