'use client';

import { useState } from 'react';
import { EmptyState } from '../base/empty-state.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { Segments } from '../base/segments.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import type { MediaFile } from './media-file.ts';
import { MediaWait } from './media-wait.tsx';
import { useFileText } from './use-file-text.ts';

const limitBytes = 2 * 1024 * 1024;

/** A Markdown file as one reads it, or as it is written. */
export function MarkdownView({ file }: { file: MediaFile }) {
  const content = useFileText(file.href, limitBytes);
  const [look, setLook] = useState<'read' | 'source'>('read');
  if (content.state === 'loading') return <MediaWait />;
  if (content.state === 'failed') return <EmptyState title="It cannot be shown">{content.problem}</EmptyState>;
  return (
    <div className="mx-auto max-w-2xl space-y-4 px-4 py-4">
      <Segments<'read' | 'source'>
        legend="Look"
        name="markdown-look"
        value={look}
        onChange={setLook}
        options={[
          { value: 'read', label: 'Read' },
          { value: 'source', label: 'Source' },
        ]}
      />
      {look === 'read' ? (
        <Markdown text={content.text} />
      ) : (
        <pre className="contained whitespace-pre-wrap font-mono text-[0.8125rem] leading-5">
          <HostileText text={content.text} />
        </pre>
      )}
    </div>
  );
}
