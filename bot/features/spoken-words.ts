import type { Incoming } from '../incoming.ts';

/** What a person wrote, or the caption of what they sent, in any message of an album; '' for a file alone. Without the bot's own name. */
export function spokenWords({ msg, album, me }: Incoming): string {
  const messages = album.length > 0 ? album : msg ? [msg] : [];
  const written = messages.map(({ text, caption }) => text ?? caption ?? '').find((words) => words.trim() !== '') ?? '';
  return written.replaceAll(new RegExp(`@${me.username}\\b`, 'gi'), '').trim();
}

/** `/new GOAL`, also as a caption, which Telegram's own commands leave out; null for anything else. */
export function goalOfNew(words: string): string | null {
  return /^\/new(?:\s+(.*))?$/is.exec(words)?.[1]?.trim() ?? (/^\/new$/i.test(words) ? '' : null);
}

/** `/word`, and not a path such as `/etc/hosts`. */
export function isCommand(words: string): boolean {
  return /^\/\w+(?:@\w+)?(?:\s|$)/.test(words);
}
