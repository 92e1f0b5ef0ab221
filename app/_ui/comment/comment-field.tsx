'use client';

import { Notice } from '../base/notice.tsx';
import type { useComment } from './use-comment.ts';

type CommentFieldProps = { comment: ReturnType<typeof useComment>; label: string; placeholder: string; rows: number; onCancel?(): void };

/** Where the words of a comment are written, and why they could not be sent. Ctrl-Enter sends them. */
export function CommentField({ comment, label, placeholder, rows, onCancel }: CommentFieldProps) {
  const { words, setWords, field, send, problem } = comment;
  return (
    <>
      {problem && <Notice>{problem}</Notice>}
      <textarea
        ref={field}
        value={words}
        rows={rows}
        aria-label={label}
        placeholder={placeholder}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel?.();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
        className="field-sizing-content scrollbar-quiet max-h-60 w-full resize-none rounded-control border border-line-strong bg-paper px-3 py-2 text-base"
      />
    </>
  );
}
