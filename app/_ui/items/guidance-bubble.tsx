import { Check, CheckCheck } from 'lucide-react';
import { withoutAttachedWords } from '#lib/core/words/attached-words.ts';
import { stopWhereItScrolls } from '../base/stop-where-it-scrolls.ts';
import { AttachedView } from './attached-view.tsx';
import type { ItemProps } from './item-renderers.tsx';
import { SaidText } from './said-text.tsx';

export function GuidanceBubble({ item }: ItemProps<'guidance'>) {
  const Tick = item.delivered ? CheckCheck : Check;
  return (
    <div className="flex flex-col items-end">
      <h2 className="sr-only">Guidance</h2>
      <p
        ref={stopWhereItScrolls}
        className="contained max-h-[50dvh] max-w-[88%] overflow-y-auto whitespace-pre-wrap rounded-2xl rounded-br-md border border-line bg-raised px-4 py-2.5"
      >
        <SaidText text={withoutAttachedWords(item.text, item.attachments)} />
      </p>
      <AttachedView paths={item.attachments} />
      <p className="mt-1 flex items-center gap-1 px-1 text-ink-soft text-xs">
        <Tick className={`size-3.5 ${item.delivered ? 'text-accent' : ''}`} aria-hidden />
        {item.delivered ? 'The agent has it' : 'Waits for the agent'}
      </p>
    </div>
  );
}
