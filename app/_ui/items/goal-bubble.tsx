import { withoutAttachedWords } from '#lib/core/words/attached-words.ts';
import { stopWhereItScrolls } from '../base/stop-where-it-scrolls.ts';
import { AttachedView } from './attached-view.tsx';
import type { ItemProps } from './item-renderers.tsx';
import { Moment } from './moment-line.tsx';
import { SaidText } from './said-text.tsx';

export function GoalBubble({ item }: ItemProps<'goal'>) {
  return (
    <div className="flex flex-col items-end">
      <h2 className="sr-only">Goal</h2>
      <p
        ref={stopWhereItScrolls}
        className="contained max-h-[50dvh] max-w-[88%] overflow-y-auto whitespace-pre-wrap rounded-2xl rounded-br-md bg-accent-soft px-4 py-2.5"
      >
        <SaidText text={withoutAttachedWords(item.text, item.attachments)} />
      </p>
      <AttachedView paths={item.attachments} />
      <Moment at={item.at} via={item.via} />
    </div>
  );
}
