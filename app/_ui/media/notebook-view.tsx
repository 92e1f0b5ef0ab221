'use client';

import { useMemo } from 'react';
import { EmptyState } from '../base/empty-state.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { MarkdownFile } from '../markdown/addresses.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import type { MediaFile } from './media-file.ts';
import { MediaWait } from './media-wait.tsx';
import { type NotebookCell, type NotebookOutput, readNotebook } from './read-notebook.ts';
import { StillFrame } from './still-frame.tsx';
import { useFileText } from './use-file-text.ts';

const limitBytes = 16 * 1024 * 1024;

export function NotebookView({ file }: { file: MediaFile }) {
  const content = useFileText(file.href, limitBytes);
  const text = content.state === 'ready' ? content.text : null;
  const cells = useMemo(() => (text === null ? null : readNotebook(text)), [text]);
  if (content.state === 'loading') return <MediaWait />;
  if (content.state === 'failed') return <EmptyState title="It cannot be shown">{content.problem}</EmptyState>;
  if (!cells) return <EmptyState title="This is not a notebook that Choir can read">Its source is there as text.</EmptyState>;
  return (
    <MarkdownFile value={file}>
      <div className="mx-auto max-w-wide space-y-4 px-4 py-4">
        {cells.map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cells are their places, and never change
          <Cell key={index} cell={cell} />
        ))}
      </div>
    </MarkdownFile>
  );
}

function Cell({ cell: { kind, source, number, outputs } }: { cell: NotebookCell }) {
  if (kind === 'markdown') return <Markdown text={source} />;
  return (
    <article aria-label={number === null ? 'Cell' : `Cell ${number}`} className="space-y-2">
      <div className="flex gap-2">
        <span className="tabular w-9 shrink-0 pt-2 text-right text-ink-soft text-xs">{number === null ? '' : `[${number}]`}</span>
        <Code text={source} />
      </div>
      {outputs.length > 0 && (
        <div className="space-y-2 pl-11">
          {outputs.map((output, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: outputs are their places, and never change
            <Output key={index} output={output} />
          ))}
        </div>
      )}
    </article>
  );
}

function Output({ output }: { output: NotebookOutput }) {
  switch (output.kind) {
    case 'text':
      return (
        <pre className={`contained whitespace-pre-wrap font-mono text-[0.8125rem] leading-5 ${output.error ? 'text-bad' : ''}`}>
          <HostileText text={output.text} />
        </pre>
      );
    case 'image':
      // biome-ignore lint/performance/noImgElement: the bytes are in the notebook
      return <img src={output.src} alt="Output of the cell" className="max-w-full rounded-lg bg-white" />;
    case 'html':
      return <StillFrame html={output.html} title="Output of the cell" />;
    case 'markdown':
      return <Markdown text={output.text} />;
  }
}

function Code({ text }: { text: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      className="contained scrollbar-quiet min-w-0 flex-1 overflow-x-auto rounded-lg bg-sunken px-3 py-2 font-mono text-[0.8125rem] leading-5"
    >
      <HostileText text={text} />
    </pre>
  );
}
