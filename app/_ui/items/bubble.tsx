import { Suspense } from 'react';
import { withoutAttachedWords } from '#lib/core/words/attached-words.ts';
import { lazyPart } from '../base/lazy-part.ts';
import { stopWhereItScrolls } from '../base/stop-where-it-scrolls.ts';
import { SaidText } from './said/said-text.tsx';

const AttachedView = lazyPart(async () => (await import('./attached-view.tsx')).AttachedView);

type BubbleProps = { text: string; attachments: readonly string[] | undefined; look: keyof typeof looks };

const looks = {
  goal: '[--shaded:var(--accent-soft)]',
  guidance: 'border border-line [--shaded:var(--raised)]',
};

/** A person's words, and what came along with them. Long ones scroll in their bubble, which is shaded where there are more. */
export function Bubble({ text, attachments, look }: BubbleProps) {
  return (
    <>
      <p
        ref={stopWhereItScrolls}
        className={`contained scroll-shade max-h-[50dvh] max-w-[88%] overflow-y-auto whitespace-pre-wrap rounded-2xl rounded-br-md px-4 py-2.5 ${looks[look]}`}
      >
        <SaidText text={withoutAttachedWords(text, attachments)} />
      </p>
      <Suspense>{attachments && attachments.length > 0 && <AttachedView paths={attachments} />}</Suspense>
    </>
  );
}
