'use client';

import Link from 'next/link';
import { parseComment } from '#lib/core/comment.ts';
import { HostileText, PathText } from '../base/hostile-text.tsx';
import { filesHref } from '../files/file-place.ts';
import { lineHash } from '../files/line-change.ts';
import { useThreadActions } from '../thread/thread-context.tsx';
import { splitFences } from './split-fences.ts';

/** A person's words; what they are about, where it is something in sight, stands above them as a quote. */
export function SaidText({ text }: { text: string }) {
  const { threadId } = useThreadActions();
  const comment = parseComment(text);
  if (!comment) return <Words text={text} />;
  const { place, quote, words } = comment;
  return (
    <>
      {place && (
        <Link
          href={`${filesHref({ threadId, path: place.path })}${lineHash(place)}`}
          prefetch={false}
          className="block text-[0.8125rem] text-accent underline underline-offset-2"
        >
          <PathText path={place.path} /> {place.from === place.to ? `line ${place.from}` : `lines ${place.from}–${place.to}`}
        </Link>
      )}
      <span
        dir={place ? 'ltr' : undefined}
        className={`my-1 line-clamp-5 border-line-strong border-l-2 pl-2 text-ink-soft text-xs ${place ? 'font-mono' : ''}`}
      >
        <HostileText text={quote} />
      </span>
      <Words text={words} />
    </>
  );
}

/** A person's words as they wrote them; what they fenced as code stands as code. */
function Words({ text }: { text: string }) {
  return splitFences(text).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words that were said never change
      <code key={index} dir="ltr" className="my-1 block rounded-lg bg-sunken px-2 py-1 font-mono text-[0.8125rem]">
        {part}
      </code>
    ),
  );
}
