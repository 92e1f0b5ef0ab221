'use client';

import Link from 'next/link';
import { useParams } from 'next/navigation';
import { createContext, type ReactNode, useContext } from 'react';
import { type FilePlace, filesHref, rawHref } from '../files/file-place.ts';
import { mediaKindOf } from '../media/media-kind.ts';
import { isOutside, projectPath } from './project-path.ts';

const FileContext = createContext<FilePlace | null>(null);

/** Around the Markdown of a file: its addresses begin at that file, and pictures beside it are shown. */
export const MarkdownFile = FileContext.Provider;

const line = /#L\d[\dL-]*$/;

const look = 'text-accent underline underline-offset-2';

/** An address outside opens apart and is told nothing; one in the project leads to its file; what else there is leads nowhere. */
export function Address({ href, children }: { href: string | undefined; children?: ReactNode }) {
  const place = usePlaceOf(href);
  if (place)
    return (
      <Link href={`${filesHref(place)}${href?.match(line) ?? ''}`} prefetch={false} className={look}>
        {children}
      </Link>
    );
  return href && isOutside(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={look}>
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
}

/** A picture of the project where a file shows it, else the way to it: from outside it would call home. */
export function Picture({ src, alt = '' }: { src: string | undefined; alt: string | undefined }) {
  const isInFile = useContext(FileContext) !== null;
  const place = usePlaceOf(src);
  if (!isInFile || !place || mediaKindOf(place.path) !== 'image') return <Address href={src}>{alt || 'image'}</Address>;
  // biome-ignore lint/performance/noImgElement: the bytes are an agent's; no optimizer opens them
  return <img src={rawHref(place)} alt={alt} loading="lazy" decoding="async" className="inline max-w-full" />;
}

/** The file of the project that an address leads to: from the file that it stands in, or for a message from the top of the project. */
function usePlaceOf(address: string | undefined): FilePlace | null {
  const file = useContext(FileContext);
  const threadId = useParams()?.threadId;
  const from = file ?? (typeof threadId === 'string' ? { threadId, path: '' } : null);
  const path = from && projectPath(address ?? '', from.path);
  return from && path !== null ? { ...from, path } : null;
}
