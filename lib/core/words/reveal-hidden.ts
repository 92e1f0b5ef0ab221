/** A stretch of text, either as it is or as the names of characters that would not show or would reorder their neighbours. */
export type TextPart = { hidden: boolean; text: string };

const names: Record<string, string> = {
  '\u0000': 'NUL',
  '\u0007': 'BEL',
  '\b': 'BS',
  '\r': 'CR',
  '\u001b': 'ESC',
  '\u007f': 'DEL',
  '\u00ad': 'soft hyphen',
  '\u200b': 'zero-width space',
  '\u200d': 'joiner',
  '\u202d': 'left-to-right override',
  '\u202e': 'right-to-left override',
  '\ufeff': 'byte order mark',
};

const emoji = String.raw`\p{Extended_Pictographic}`;
/** Scripts in which a joiner, or a non-joiner, is spelling: it says how the letters beside it are written. */
const joining = String.raw`[\p{sc=Arab}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}]`;
/** What makes one picture of emoji: a colour for one, or for a key, and a joiner between two; and what a script needs within a word. */
const joins = [
  String.raw`(?<=${emoji})[\ufe0e\ufe0f]`,
  String.raw`(?<=[\d#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=${joining})[\u200c\u200d](?=${joining})`,
  String.raw`(?<=${emoji}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=${emoji})`,
].join('|');
const hidden = String.raw`[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5]|(?![\t\n])\p{Cc}`;

/**
 * Controls (all but tab and newline), line separators, lone surrogates, private use, format characters (bidi, zero-width, tags),
 * blank letters, variation selectors, and all but the first two of a stack of combining marks. What makes one picture of emoji, or spells a word, is none of them.
 */
export const deceptiveCharacters = new RegExp(String.raw`(?:(?!${joins})(?:${hidden}))+|(?<=\p{M}{2})\p{M}+`, 'gu');

/** A text in parts, in order; in place of what is hidden stand names of its characters. */
export function revealHidden(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(deceptiveCharacters)) {
    if (match.index > end) parts.push({ hidden: false, text: text.slice(end, match.index) });
    parts.push({ hidden: true, text: nameAll(match[0]) });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ hidden: false, text: text.slice(end) });
  return parts;
}

/** The same where a text has no parts, as in a tooltip: the names stand in brackets. */
export function spellHidden(text: string): string {
  return revealHidden(text)
    .map((part) => (part.hidden ? `[${part.text}]` : part.text))
    .join('');
}

function nameAll(characters: string): string {
  const list = [...characters];
  const named = list.slice(0, 8).map(nameOf);
  return list.length > 8 ? `${named.join(' ')} and ${list.length - 8} more` : named.join(' ');
}

function nameOf(character: string): string {
  const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return names[character] ?? `U+${code}`;
}
