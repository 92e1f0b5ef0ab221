import { Ban, CircleX } from 'lucide-react';
import { Suspense } from 'react';
import { describeStatus } from '#lib/core/words/describe-run.ts';
import { formatDuration } from '#lib/core/words/format.ts';
import { completedLooks, type Look } from '../base/completed-looks.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { formatCost } from '../budgets/format-cost.ts';
import { useOtherMember } from '../thread/thread-context.tsx';
import { AgentWords } from './agent-words.tsx';
import type { ItemProps } from './item-renderers.tsx';
import { proseOf } from './prose-of.ts';

const TryAgain = lazyPart(async () => (await import('./try-again.tsx')).TryAgain);

const failed: Look = { Icon: CircleX, tone: 'text-bad' };
const cancelled: Look = { Icon: Ban, tone: 'text-ink-soft' };

export function RunEnded({ item }: ItemProps<'run-ended'>) {
  const { Icon, tone } = { completed: completedLooks[item.extent], failed, cancelled }[item.status];
  const cost = formatCost(item.cost);
  const other = useOtherMember(item.userId);
  const stoppedBy = item.status === 'cancelled' && item.actor === 'person' ? ` by ${other ?? 'you'}` : '';
  const news = stoppedBy ? '' : proseOf(item);
  return (
    <article aria-label="End of the run" className="border-line border-t pt-3">
      <h2 className={`flex gap-2 font-semibold text-sm ${tone}`}>
        <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span className="contained min-w-0">
          <HostileText text={`${describeStatus(item.status, item.extent)}${stoppedBy}`} />{' '}
          <span className="tabular ml-1 font-normal text-ink-soft">
            {item.workedMs > 0 && `in ${formatDuration(item.workedMs)}`}
            {cost && ` · ${cost}`}
          </span>
        </span>
      </h2>
      {news && (
        <div className="mt-1.5">
          <AgentWords text={news} />
        </div>
      )}
      <Suspense>{item.status === 'failed' && <TryAgain runId={item.runId} />}</Suspense>
    </article>
  );
}
