import { Fragment, type ReactNode } from 'react';
import { revealHidden } from '#lib/core/words/reveal-hidden.ts';

/** Text that an agent or a repository wrote, never as markup: what would hide in it is spelled out. */
export function HostileText({ text }: { text: string }) {
  let offset = 0;
  return revealHidden(text).map((part) => {
    const key = offset;
    offset += part.text.length;
    if (!part.hidden) return <span key={key}>{part.text}</span>;
    return <HiddenName key={key}>{part.text}</HiddenName>;
  });
}

/** In place of characters that would hide or reorder their neighbours. */
export function HiddenName({ children }: { children: ReactNode }) {
  return (
    <mark className="mx-px inline-block max-w-full rounded-sm bg-warn-soft px-1 font-sans text-warn text-xs not-italic">{children}</mark>
  );
}

/** A sentence in which words between backticks are shown as code. */
export function SentenceWithCode({ text }: { text: string }) {
  return text.split(/`([^`]+)`/).map((part, index) => {
    const shown = <HostileText text={part} />;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence are their places
    return <Fragment key={index}>{index % 2 === 1 ? <code className="font-mono text-[0.8125rem]">{shown}</code> : shown}</Fragment>;
  });
}

/** A path in a direction of its own, whatever letters it has. It wraps after a slash rather than in a name. */
export function PathText({ path }: { path: string }) {
  const parts = path.split('/');
  return (
    <bdi dir="ltr" className="font-mono">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a path are their places
        <Fragment key={index}>
          <HostileText text={part} />
          {index < parts.length - 1 && (
            <>
              /<wbr />
            </>
          )}
        </Fragment>
      ))}
    </bdi>
  );
}

type OutputProps = { text: string; label: string; tall?: boolean; ordered?: boolean };

/** Command text or output in a box of its own that scrolls inside and grows no further. */
export function OutputBox({ text, label, tall = false, ordered = false }: OutputProps) {
  return (
    <figure
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className={`scrollbar-quiet contained overflow-auto overscroll-contain rounded-lg bg-sunken px-3 py-2 ${tall ? 'max-h-80' : 'max-h-40'}`}
    >
      <pre dir="ltr" className={`whitespace-pre-wrap font-mono text-[0.8125rem] leading-5 ${ordered ? 'machine-order' : ''}`}>
        <HostileText text={text} />
      </pre>
    </figure>
  );
}
