import type { MessageEntity } from 'grammy/types';

/** Text with its formatting as Telegram takes it: never a parse mode, so nothing in the text can act as markup. Offsets in UTF-16 code units. */
export type RichText = { text: string; entities: MessageEntity[] };
export type Part = string | RichText | null | undefined | false;
type Style = 'bold' | 'italic' | 'code' | 'pre' | 'blockquote' | 'expandable_blockquote' | 'strikethrough';

const mostEntities = 100;
/** In UTF-16 code units; the longest emoji of Unicode have some thirty. */
const longestCharacter = 64;

/** One behind the other. */
export function rich(...parts: Part[]): RichText {
  let text = '';
  const entities: MessageEntity[] = [];
  for (const part of parts) {
    if (!part) continue;
    const { text: added, entities: inside } = typeof part === 'string' ? { text: part, entities: [] } : part;
    for (const entity of inside) entities.push({ ...entity, offset: entity.offset + text.length });
    text += added;
  }
  return { text, entities };
}

/** Each on a line of its own; what is missing takes none. */
export function lines(...parts: Part[]): RichText {
  return joined(parts, '\n');
}

/** With an empty line between; what is missing or empty takes none. */
export function paragraphs(...parts: Part[]): RichText {
  return joined(parts, '\n\n');
}

function joined(parts: Part[], separator: string): RichText {
  const present = parts.filter((part) => part && (typeof part === 'string' ? part : part.text) !== '');
  return rich(...present.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
}

function styled(type: Style, content: string | RichText, more: { language?: string } = {}): RichText {
  const inner = rich(content);
  const entity = { type, offset: 0, length: inner.text.length, ...more } as MessageEntity;
  return { text: inner.text, entities: inner.text ? [entity, ...inner.entities] : [] };
}

export const bold = (content: string | RichText) => styled('bold', content);
export const italic = (content: string | RichText) => styled('italic', content);
export const struck = (content: string | RichText) => styled('strikethrough', content);
export const code = (content: string) => styled('code', content);
export const pre = (content: string, language?: string) => styled('pre', content, language ? { language } : {});
export const quote = (content: string | RichText) => styled('blockquote', content);
export const fold = (content: string | RichText) => styled('expandable_blockquote', content);

/** Cut to `limit` characters, never inside of one, with its formatting. */
export function cutRich(content: RichText, limit: number): RichText {
  if (content.text.length <= limit) return content;
  const end = cutPoint(content.text, limit - 1);
  return rich(slice(content, 0, end), '…');
}

/** The largest index up to `limit` that does not split what reads as one character, or at least no code point where that is longer than `limit`. */
export function cutPoint(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const from = Math.max(0, limit - longestCharacter);
  let end = 0;
  for (const { index } of new Intl.Segmenter('en').segment(text.slice(from, limit + longestCharacter))) {
    if (from + index <= limit && index > 0) end = from + index;
  }
  if (end > 0) return end;
  return /[\ud800-\udbff]/.test(text[limit - 1] ?? '') ? limit - 1 : limit;
}

function slice({ text, entities }: RichText, from: number, to: number): RichText {
  const inside = entities.flatMap((entity) => {
    const start = Math.max(entity.offset, from);
    const end = Math.min(entity.offset + entity.length, to);
    return end > start ? [{ ...entity, offset: start - from, length: end - start }] : [];
  });
  return { text: text.slice(from, to), entities: inside };
}

/** As it goes out: without white space around it, and with no more formatting than Telegram reads. */
export function finishText(content: RichText, limit = 4_096): RichText {
  const cut = cutRich(content, limit);
  const from = cut.text.length - cut.text.trimStart().length;
  const { text, entities } = slice(cut, from, cut.text.trimEnd().length);
  return { text, entities: entities.slice(0, mostEntities) };
}
