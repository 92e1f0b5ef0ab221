'use client';

import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { spellHiddenText } from './spell-hidden-text.ts';

/** As MathML, which browsers draw themselves: no fonts, no style. Nothing in a formula may link, load or grow without end. */
const katex = { output: 'mathml', trust: false, throwOnError: false, maxExpand: 500, maxSize: 20, strict: 'ignore' } as const;

/** Markdown whose text holds formulas. */
export function MathMarkdown({ text, components }: { text: string; components: Components }) {
  return (
    <ReactMarkdown components={components} remarkPlugins={[remarkGfm, remarkMath]} rehypePlugins={[spellHiddenText, [rehypeKatex, katex]]}>
      {text}
    </ReactMarkdown>
  );
}
