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
    // Markup that was written by hand is shown as text.
    if (child.type === 'text' || isRaw(child)) return spell(child.value);
    if (child.type === 'element' && child.tagName !== 'code') spellBelow(child);
    return [child];
  });
}

function isRaw(child: { type: string }): child is { type: 'raw'; value: string } {
  return child.type === 'raw';
}

function spell(text: string): Content[] {
  // A line may end in any of the three ways.
  return revealHidden(text.replace(/\r\n?/g, '\n')).map((part): Content => {
    const value = { type: 'text' as const, value: part.text };
    return part.hidden ? { type: 'element', tagName: 'mark', properties: {}, children: [value] } : value;
  });
}
