import { unescapeMarkdown } from '#lib/core/words/unescape-markdown.ts';
import { bold, code, italic, type Part, pre, type RichText, rich } from './rich-text.ts';
import { proseText } from './safe-text.ts';

/** More than any message shows. */
const readLimit = 8_000;

/** Markdown of an agent as Telegram's own formatting: headings, lists, emphasis, code. A link shows where it leads. Linear in the text. */
export function markdown(source: string): RichText {
  const out: Part[] = [];
  let fence: { mark: string; language: string; body: string[] } | null = null;
  for (const line of proseText(source.slice(0, readLimit)).trim().split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})\s*([\w+-]*)/.exec(line);
    if (fence) {
      if (mark?.[1]?.startsWith(fence.mark) && line.trim() === mark[1]) {
        out.push(block(fence));
        fence = null;
      } else fence.body.push(line);
    } else if (mark) fence = { mark: mark[1] ?? '', language: mark[2] ?? '', body: [] };
    else out.push(readLine(line));
  }
  if (fence) out.push(block(fence));
  return rich(...out.flatMap((part, index) => (index === 0 ? [part] : ['\n', part])));
}

function block({ body, language }: { body: string[]; language: string }): RichText {
  return pre(body.join('\n') || ' ', language || undefined);
}

function readLine(line: string): RichText {
  const heading = /^ {0,3}#{1,6}\s+(.*)$/.exec(line)?.[1];
  if (heading !== undefined) return bold(inline(withoutClosing(heading)).text);
  const item = /^(\s*)[-*+]\s+(.*)$/.exec(line);
  if (item) return rich(`${'  '.repeat(Math.min(4, Math.floor((item[1]?.length ?? 0) / 2)))}• `, inline(item[2] ?? ''));
  return inline(line);
}

/** `## Title ##` is a heading as well. */
function withoutClosing(heading: string): string {
  let end = heading.length;
  while (heading[end - 1] === '#') end -= 1;
  return heading.slice(0, end).trimEnd();
}

/** What may be long has a bound, or ends where the next one begins. */
const marks =
  /(?<ticks>`+)(?<code>.+?)\k<ticks>(?!`)|\*\*(?<strong>[^*]+)\*\*|(?<![\w*])\*(?<em>[^*\s][^*]*)\*(?!\w)|(?<!\w)_(?<under>[^_\s][^_]*)_(?!\w)|\[(?<label>[^[\]]*)\]\((?<url>[^)\s]{0,1000})\)|\\(?<escaped>[!-/:-@[-`{-~])/g;

function inline(text: string): RichText {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    parts.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const { code: literal, strong, em, under, label, url, escaped } = match.groups ?? {};
    if (literal !== undefined) parts.push(code(literal.trim() || literal));
    else if (strong !== undefined) parts.push(bold(unescapeMarkdown(strong)));
    else if (em !== undefined || under !== undefined) parts.push(italic(unescapeMarkdown(em ?? under ?? '')));
    else if (url !== undefined) parts.push(label && label !== url ? `${unescapeMarkdown(label)} (${url})` : url);
    else parts.push(escaped);
  }
  return rich(...parts, text.slice(end));
}
