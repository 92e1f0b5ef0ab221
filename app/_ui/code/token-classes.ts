import { tagHighlighter, tags } from '@lezer/highlight';

const word = 'text-code-word';
const text = 'text-code-text';
const value = 'text-code-value';
const name = 'text-code-name';
const quiet = 'text-ink-soft italic';

/** The few colours that code has, for the tags of a tree parser. */
export const treeClasses = tagHighlighter([
  {
    tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
    class: word,
  },
  { tag: [tags.tagName, tags.self, tags.heading, tags.processingInstruction], class: word },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.character, tags.attributeValue, tags.monospace], class: text },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.color, tags.unit, tags.escape, tags.link, tags.url], class: value },
  {
    tag: [tags.definition(tags.function(tags.variableName)), tags.function(tags.variableName), tags.function(tags.propertyName)],
    class: name,
  },
  {
    tag: [tags.typeName, tags.className, tags.namespace, tags.macroName, tags.attributeName, tags.definition(tags.propertyName)],
    class: name,
  },
  { tag: [tags.comment, tags.meta, tags.documentMeta], class: quiet },
]);

const styles = new Map(
  Object.entries({
    [word]: 'keyword tag header operatorKeyword',
    [text]: 'string string-2 special attributeValue',
    [value]: 'number atom bool link variable-3 unit',
    [name]: 'def type builtin attribute property qualifier typeName className variableName.function',
    [quiet]: 'comment meta',
  }).flatMap(([className, names]) => names.split(' ').map((style) => [style, className] as const)),
);

/** The same for the style names that a stream mode gives. */
export function streamClass(style: string): string | null {
  for (const part of style.split(' ')) {
    const known = styles.get(part) ?? styles.get(part.split('.')[0] ?? '');
    if (known) return known;
  }
  return null;
}
