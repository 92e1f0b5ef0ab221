import type { ExtraProps } from 'react-markdown';
import { revealHidden } from '#lib/core/words/reveal-hidden.ts';

type Content = NonNullable<ExtraProps['node']>['children'][number];
type Parent = { children: Content[] };

/** Names what hides or reorders in a text that is read as Markdown, each in a `mark`. Code does so itself. */
export function spellHiddenText(): (root: Parent) => void {
  return spellBelow;
}

function spellBelow(parent: Parent): void {
  parent.children = parent.children.flatMap((child) => {
    if (child.type === 'text') return spell(child.value);
    if (child.type === 'element' && child.tagName !== 'code') spellBelow(child);
    return [child];
  });
}

function spell(text: string): Content[] {
  return revealHidden(text).map((part): Content => {
    const value = { type: 'text' as const, value: part.text };
    return part.hidden ? { type: 'element', tagName: 'mark', properties: {}, children: [value] } : value;
  });
}
