'use client';

import { Square, SquareCheck } from 'lucide-react';
import { type ComponentType, isValidElement, type ReactNode, Suspense } from 'react';
import ReactMarkdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { HiddenName, HostileText } from '../base/hostile-text.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { Address, Picture } from './addresses.tsx';
import { FencedCode } from './fenced-code.tsx';
import { readsQuickly } from './reads-quickly.ts';
import { spellHiddenText } from './spell-hidden-text.ts';

const Diagram = lazyPart(async () => (await import('./diagram.tsx')).Diagram);
const WithMath: ComponentType<MarkdownProps> = lazyPart(async () => (await import('./math-markdown.tsx')).MathMarkdown);

type MarkdownProps = { text: string; components: Components };

/** What an agent's words may become. No raw HTML, no images from outside (they would call home), links that tell the other side nothing. */
const components: Components = {
  a: ({ href, children }) => <Address href={href}>{children}</Address>,
  img: ({ src, alt }) => <Picture src={typeof src === 'string' ? src : undefined} alt={alt} />,
  h1: ({ children }) => <h3 className="mt-4 font-semibold text-lg">{children}</h3>,
  h2: ({ children }) => <h3 className="mt-4 font-semibold">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-3 font-semibold">{children}</h4>,
  ul: ({ children }) => <ul className="list-disc space-y-1 pl-5">{children}</ul>,
  // A tick stands in place of a bullet, and beside a number.
  li: ({ children, className }) => (
    <li className={className?.includes('task-list-item') ? 'relative pl-7 [ul>&]:-ml-5 [ul>&]:list-none' : undefined}>{children}</li>
  ),
  input: ({ checked }) => {
    const Icon = checked ? SquareCheck : Square;
    return (
      <Icon
        role="img"
        aria-label={checked ? 'Done:' : 'To do:'}
        className={`absolute top-1 left-0 size-4.5 ${checked ? 'text-good' : 'text-ink-soft'}`}
      />
    );
  },
  ol: ({ children, start }) => (
    <ol start={start} className="list-decimal space-y-1 pl-7">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => <blockquote className="border-line border-l-2 pl-3 text-ink-soft">{children}</blockquote>,
  mark: ({ children }) => <HiddenName>{children}</HiddenName>,
  hr: () => <hr className="border-line" />,
  pre: ({ children }) => {
    const fence = readFence(children);
    if (fence?.language !== 'mermaid') return <CodeBlock>{fence ? <FencedCode {...fence} /> : children}</CodeBlock>;
    return (
      <Suspense fallback={<CodeBlock>{fence.text}</CodeBlock>}>
        <Diagram source={fence.text} />
      </Suspense>
    );
  },
  table: ({ children }) => (
    <div className="fade-sideways scrollbar-quiet overflow-x-auto">
      <table className="wrap-break-word border-collapse text-sm">{children}</table>
    </div>
  ),
  th: ({ children, style }) => (
    <th style={style} className="border border-line bg-sunken px-2.5 py-1 text-left font-medium">
      {children}
    </th>
  ),
  // Words enough for lines of their own keep the width for them: beside three other columns a phone would stand them one below the other.
  td: ({ children, style, node }) => (
    <td style={style} className={`border border-line px-2.5 py-1 ${node && lettersIn(node) > 40 ? 'min-w-[20ch]' : ''}`}>
      {children}
    </td>
  ),
  code: ({ children }) => (
    <code className="rounded bg-sunken px-1 py-0.5 font-mono text-[0.875em]">
      {typeof children === 'string' ? <HostileText text={children} /> : children}
    </code>
  ),
};

function CodeBlock({ children }: { children: ReactNode }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      className="fade-sideways scrollbar-quiet max-h-96 overflow-auto overscroll-contain rounded-lg bg-sunken px-3 py-2 text-[0.8125rem] leading-5 [&_code]:bg-transparent [&_code]:p-0"
    >
      {children}
    </pre>
  );
}

/** Formulas between dollar signs or in a fence: only then are they worth their library. */
const formulas = /\$\$|\$[^\s$][^$\n]*\$|```math/;

const keptTexts = 100;
const kept = new Map<string, ReactNode>();

/** A text is read once on a device: a long list draws its rows anew whenever they come into sight. */
function drawMarkdown(text: string): ReactNode {
  const drawn =
    kept.get(text) ?? ReactMarkdown({ children: text, components, remarkPlugins: [remarkGfm], rehypePlugins: [spellHiddenText] });
  if (typeof window === 'undefined') return drawn;
  kept.delete(text);
  kept.set(text, drawn);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptTexts) break;
    kept.delete(oldest);
  }
  return drawn;
}

/** Reads a text ahead, so that drawing it takes no time. */
export function prepareMarkdown(text: string): void {
  if (readsQuickly(text)) drawMarkdown(text);
}

/** An agent's words, or a file, as they are meant to be read; as they were written where that would hold the page up. */
export function Markdown({ text }: { text: string }) {
  if (!readsQuickly(text))
    return (
      <p className="contained whitespace-pre-wrap">
        <HostileText text={text} />
      </p>
    );
  const plain = drawMarkdown(text);
  return (
    <div className="contained space-y-3">
      {formulas.test(text) ? (
        <Suspense fallback={plain}>
          <WithMath text={text} components={components} />
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
}

type MarkdownNode = NonNullable<ExtraProps['node']>;

function lettersIn(node: MarkdownNode | MarkdownNode['children'][number]): number {
  if (node.type === 'text') return node.value.length;
  return node.type === 'element' ? node.children.reduce((sum, child) => sum + lettersIn(child), 0) : 0;
}

/** A block of code that says which language it is in. */
function readFence(block: ReactNode): { language: string; text: string } | null {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(block)) return null;
  const { className = '', children: text } = block.props;
  const language = className.match(/^language-(\S+)$/)?.[1];
  return language && typeof text === 'string' ? { language, text } : null;
}
