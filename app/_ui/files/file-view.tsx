'use client';

import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatBytes } from '#lib/core/words/format.ts';
import { Button, buttonClass } from '../base/button.tsx';
import { EmptyState } from '../base/empty-state.tsx';
import { mediaKindOf } from '../media/media-kind.ts';
import { MediaView } from '../media/media-view.tsx';
import { ViewBody } from '../thread/view-bar.tsx';
import { CodeFile, type FileVersion } from './code-file.tsx';
import { type FilePlace, newFileHash, rawHref } from './file-place.ts';
import { readLineHash } from './line-change.ts';
import { hasEditDraft } from './use-edit-draft.ts';
import { useFreshPage } from './use-fresh-page.ts';

/** A file of a checkpoint; `text: null` for what is no text, or too much of it. `oid` tells its bytes from any others, where a checkpoint holds it. */
export type ShownFile = { text: string | null; size: number; kind: 'file' | 'symlink'; oid: string | null };

/** `shown`: the checkpoint that it is of, where it is to go on with the thread. */
type FileViewProps = FilePlace & { file: ShownFile; shown: string | null } & Omit<FileVersion, 'text'>;

/** One file as media or as text, or both in turn; anything else can be taken away. */
export function FileView({ file, shown, base, seq, ...place }: FileViewProps) {
  const { text, size, kind, oid } = file;
  const media = kind === 'file' ? mediaKindOf(place.path) : null;
  const [asText, setAsText] = useState(false);
  const { threadId, path } = place;
  const mayEdit = base !== null;
  useEffect(() => {
    const { hash } = window.location;
    if (hash === newFileHash || readLineHash(hash) || (mayEdit && hasEditDraft(threadId, path))) setAsText(true);
  }, [threadId, path, mayEdit]);
  const isText = text !== null && (!media || asText);
  useFreshPage(isText ? null : shown);
  const href = useStill(oid, rawHref(oid !== null && shown ? { ...place, at: shown } : place));
  const toggle = media && text !== null && (
    <Button look="quiet" onClick={() => setAsText(!asText)} className="px-3">
      {asText ? 'Preview' : 'Text'}
    </Button>
  );
  if (isText) {
    return (
      <CodeFile key={place.path} file={{ text, base, seq }} shown={shown} {...place}>
        {toggle}
      </CodeFile>
    );
  }
  return (
    <ViewBody>
      <div className="flex items-center gap-2 px-4 py-1">
        <p className="tabular flex-1 text-ink-soft text-sm">{kind === 'symlink' ? 'Link to' : formatBytes(size)}</p>
        {toggle}
        <a href={rawHref(place, true)} download className={buttonClass('quiet')}>
          <Download className="size-4" aria-hidden />
          Download
        </a>
      </div>
      {media ? (
        <MediaView file={{ ...place, at: place.at, kind: media, href }} />
      ) : (
        <EmptyState title={size > 512 * 1024 ? 'Too large to show' : 'Not text'}>Download it to look at it.</EmptyState>
      )}
    </ViewBody>
  );
}

/** An address that only changes with the bytes: a newer checkpoint that left the file as it was is no reason to load it anew. */
function useStill(oid: string | null, href: string): string {
  const [shown, setShown] = useState({ oid, href });
  if (shown.oid === oid) return shown.href;
  setShown({ oid, href });
  return href;
}
