/** What stands for the n-th quoted part of a text, so that its words are not read as ours. */
const mark = /\ue000(\d+)\ue001/g;
const quoted = /`([^`]+)`|"([^"]+)"|“([^”]+)”|(?<![\w])'([^']+)'(?!\w)/g;

export type Quoted = { text: string; parts: string[] };

/** The text with a mark for each quoted part, and the parts. */
export function hideQuotes(text: string): Quoted {
  const parts: string[] = [];
  const hidden = text.replaceAll(/[\ue000\ue001]/g, '').replaceAll(quoted, (_, ...groups: (string | undefined)[]) => {
    parts.push(groups.slice(0, 4).find((group) => group !== undefined) ?? '');
    return `\ue000${parts.length - 1}\ue001`;
  });
  return { text: hidden, parts };
}

/** The text as it was given, each quoted part in backticks. */
export function showQuotes(text: string, parts: string[]): string {
  return text.replaceAll(mark, (_, index: string) => `\`${parts[Number(index)] ?? ''}\``);
}

/** The quoted part, when the text is that and nothing else. */
export function onlyQuoted(text: string, parts: string[]): string | null {
  const index = /^\ue000(\d+)\ue001$/.exec(text.trim())?.[1];
  return index === undefined ? null : (parts[Number(index)] ?? null);
}
