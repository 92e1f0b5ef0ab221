'use client';

import Link from 'next/link';
import { Suspense } from 'react';
import { parseComment } from '#lib/core/comment.ts';
import { HostileText, PathText } from '../../base/hostile-text.tsx';
import { lazyPart } from '../../base/lazy-part.ts';
import { filesHref } from '../../files/file-place.ts';
import { lineHash } from '../../files/line-change.ts';
import { useThreadActions } from '../../thread/thread-context.tsx';

const FencedWords = lazyPart(async () => (await import('./fenced-words.tsx')).FencedWords);

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

function Words({ text }: { text: string }) {
  if (!text.includes('```')) return text;
  return (
    <Suspense fallback={text}>
      <FencedWords text={text} />
    </Suspense>
  );
}
