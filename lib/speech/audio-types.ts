/** What may be sent as speech, with the ending by which providers know it. */
const endings: Readonly<Record<string, string>> = {
  'audio/ogg': 'ogg',
  'audio/webm': 'webm',
  'video/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/aac': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/flac': 'flac',
};

export const audioTypes: readonly string[] = Object.keys(endings);
/** OpenAI takes 25 MB; Telegram gives a bot 20. */
export const mostAudioBytes = 20 * 1024 * 1024;

/** The ending for a media type as a recorder writes it (`audio/webm;codecs=opus`), or null for what is no speech. */
export function audioEnding(mediaType: string): string | null {
  return endings[mediaType.split(';')[0]?.trim().toLowerCase() ?? ''] ?? null;
}
