'use client';

import { FileText, Image, Mic } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { PathText } from '../base/hostile-text.tsx';
import { filesHref, rawHref } from '../files/file-place.ts';
import { useThreadActions, useThreadState } from '../thread/thread-context.tsx';

const pictures = /\.(avif|bmp|gif|jpe?g|png|webp)$/i;
const sounds = /\.(webm|m4a|mp3|ogg|wav)$/i;

/** What came along with a person's words: pictures as such, everything else by its name. Each leads to the file. */
export function AttachedView({ paths }: { paths: readonly string[] }) {
  return (
    <ul aria-label="Attached" className="mt-1.5 flex max-w-[88%] flex-wrap justify-end gap-1.5">
      {paths.map((path) => (
        <li key={path} className="min-w-0">
          <AttachedFile path={path} />
        </li>
      ))}
    </ul>
  );
}

function AttachedFile({ path }: { path: string }) {
  const { threadId } = useThreadActions();
  const name = path.split('/').at(-1) ?? path;
  const href = filesHref({ threadId, path });
  if (pictures.test(name)) return <Thumbnail href={href} path={path} name={name} />;
  const Icon = sounds.test(name) ? Mic : FileText;
  return (
    <Link
      href={href}
      prefetch={false}
      className="flex min-h-11 items-center gap-2 rounded-control border border-line bg-raised px-3 text-sm hover:bg-sunken"
    >
      <Icon className="size-4 shrink-0 text-ink-soft" aria-hidden />
      <FileName name={name} />
    </Link>
  );
}

/** After a revert a picture may be in no checkpoint that stands: another one may have it again. */
function Thumbnail({ href, path, name }: { href: string; path: string; name: string }) {
  const { threadId, currentCheckpointId } = useThreadState();
  const [missingAt, setMissingAt] = useState<string | null>(null);
  const isMissing = missingAt === currentCheckpointId;
  return (
    <Link href={href} prefetch={false} className="block size-28 overflow-hidden rounded-control border border-line bg-sunken">
      {isMissing ? (
        <span className="flex size-full flex-col items-center justify-center gap-1 px-2 text-center text-ink-soft text-xs">
          <Image className="size-4" aria-hidden />
          <FileName name={name} />
        </span>
      ) : (
        // biome-ignore lint/performance/noImgElement: a file of the thread, behind this person's session
        <img
          src={rawHref({ threadId, path })}
          alt={name}
          onError={() => setMissingAt(currentCheckpointId)}
          className="size-full object-cover"
        />
      )}
    </Link>
  );
}

function FileName({ name }: { name: string }) {
  return (
    <span className="contained line-clamp-2 min-w-0">
      <PathText path={name} />
    </span>
  );
}
