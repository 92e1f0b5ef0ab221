import { Ban, CircleCheck, CircleDashed, CircleMinus, CircleX, type LucideIcon } from 'lucide-react';
import type { RunExtent } from '#lib/core/state.ts';
import { formatDuration } from '#lib/core/words/format.ts';
import { Prose } from '../base/prose.tsx';
import { formatCost } from '../budgets/format-cost.ts';
import type { ItemProps } from './item-renderers.tsx';

type Look = { Icon: LucideIcon; tone: string; word: string };

const completed: Record<RunExtent, Look> = {
  whole: { Icon: CircleCheck, tone: 'text-good', word: 'Done' },
  part: { Icon: CircleDashed, tone: 'text-ink', word: 'Done in part' },
  nothing: { Icon: CircleMinus, tone: 'text-ink-soft', word: 'Nothing was done' },
};
const failed: Look = { Icon: CircleX, tone: 'text-bad', word: 'Failed' };
const cancelled: Look = { Icon: Ban, tone: 'text-ink-soft', word: 'Stopped' };

export function RunEnded({ item }: ItemProps<'run-ended'>) {
  const { Icon, tone, word } = { completed: completed[item.extent], failed, cancelled }[item.status];
  const cost = formatCost(item.cost);
  return (
    <section aria-label="End of the run" className="border-line border-t pt-3">
      <h2 className={`flex items-center gap-2 font-semibold text-sm ${tone}`}>
        <Icon className="size-4" aria-hidden />
        {word}
        <span className="tabular font-normal text-ink-soft">
          {item.durationMs > 0 && `in ${formatDuration(item.durationMs)}`}
          {cost && ` · ${cost}`}
        </span>
      </h2>
      {item.text && !item.alreadySaid && (
        <div className="mt-1.5">
          <Prose text={item.text} />
        </div>
      )}
    </section>
  );
}
