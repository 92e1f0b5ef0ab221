'use client';

import { EmptyState } from '../base/empty-state.tsx';
import { MarkdownFile } from '../markdown/addresses.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import type { MediaFile } from './media-file.ts';
import { MediaWait } from './media-wait.tsx';
import { useFileText } from './use-file-text.ts';

const limitBytes = 2 * 1024 * 1024;

/** A Markdown file as one reads it; how it is written stands under Text, as with any file. */
export function MarkdownView({ file }: { file: MediaFile }) {
  const content = useFileText(file.href, limitBytes);
  if (content.state === 'loading') return <MediaWait />;
  if (content.state === 'failed') return <EmptyState title="It cannot be shown">{content.problem}</EmptyState>;
  return (
    <div className="mx-auto max-w-reading px-4 py-4">
      <MarkdownFile value={file}>
        <Markdown text={content.text} />
      </MarkdownFile>
    </div>
  );
}
