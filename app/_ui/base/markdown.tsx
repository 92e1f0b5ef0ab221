'use client';

import ReactMarkdown, { type Components } from 'react-markdown';
import { HostileText } from './hostile-text.tsx';

/** What an agent's words may become. No raw HTML, no images (they would call home), links that tell the other side nothing. */
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline underline-offset-2">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a
      href={typeof src === 'string' ? src : undefined}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent underline underline-offset-2"
    >
      {alt || 'image'}
    </a>
  ),
  h1: ({ children }) => <h3 className="mt-4 font-semibold text-lg">{children}</h3>,
  h2: ({ children }) => <h3 className="mt-4 font-semibold">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-3 font-semibold">{children}</h4>,
  ul: ({ children }) => <ul className="list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="list-decimal space-y-1 pl-5">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => <blockquote className="border-line border-l-2 pl-3 text-ink-soft">{children}</blockquote>,
  hr: () => <hr className="border-line" />,
  pre: ({ children }) => (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      className="scrollbar-quiet max-h-96 overflow-auto overscroll-contain rounded-lg bg-sunken px-3 py-2 text-[0.8125rem] leading-5 [&_code]:bg-transparent [&_code]:p-0"
    >
      {children}
    </pre>
  ),
  code: ({ children }) => (
    <code className="rounded bg-sunken px-1 py-0.5 font-mono text-[0.875em]">
      {typeof children === 'string' ? <HostileText text={children} /> : children}
    </code>
  ),
};

export function Markdown({ text }: { text: string }) {
  return (
    <div className="contained space-y-3">
      <ReactMarkdown components={components} skipHtml={false}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
