'use client';

import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatBytes } from '#lib/core/words/format.ts';
import { Button, buttonClass } from '../base/button.tsx';
import { EmptyState } from '../base/empty-state.tsx';
import { mediaKindOf } from '../media/media-kind.ts';
import { MediaView } from '../media/media-view.tsx';
import { ViewBody } from '../thread/view-bar.tsx';
import { CodeFile } from './code-file.tsx';
import { type FilePlace, newFileHash, rawHref } from './file-place.ts';
import { readLineHash } from './line-change.ts';

/** A file of a checkpoint; `text: null` for what is no text, or too much of it. */
export type ShownFile = { text: string | null; size: number; kind: 'file' | 'symlink' };

type FileViewProps = FilePlace & { file: ShownFile; base: { checkpointId: string; number: number } | null };

/** One file as media or as text, or both in turn; anything else can be taken away. */
export function FileView({ file, base, ...place }: FileViewProps) {
  const { text, size, kind } = file;
  const media = kind === 'file' ? mediaKindOf(place.path) : null;
  const [asText, setAsText] = useState(false);
  useEffect(() => {
    const { hash } = window.location;
    if (hash === newFileHash || readLineHash(hash)) setAsText(true);
  }, []);
  const toggle = media && text !== null && (
    <Button look="quiet" onClick={() => setAsText(!asText)} className="px-3">
      {asText ? 'Preview' : 'Text'}
    </Button>
  );
  if (text !== null && (!media || asText)) {
    return (
      <CodeFile key={place.path} text={text} base={base} {...place}>
        {toggle}
      </CodeFile>
    );
  }
  return (
    <ViewBody>
      <div className="mx-auto max-w-4xl pb-safe">
        <div className="flex items-center gap-2 px-4 py-1">
          <p className="tabular flex-1 text-ink-soft text-sm">{kind === 'symlink' ? 'Link to' : formatBytes(size)}</p>
          {toggle}
          <a href={rawHref(place, true)} download className={buttonClass('quiet')}>
            <Download className="size-4" aria-hidden />
            Download
          </a>
        </div>
        {media ? (
          <MediaView file={{ ...place, at: place.at, kind: media, href: rawHref(place) }} />
        ) : (
          <EmptyState title={size > 512 * 1024 ? 'Too large to show' : 'Not text'}>Download it to look at it.</EmptyState>
        )}
      </div>
    </ViewBody>
  );
}
