import type { RunMetrics } from '#lib/activity/measure-runs.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';
import { formatDuration } from '#lib/core/words/format.ts';

const none = '–';

/** The few numbers that say whether handing over pays. */
export function MetricTiles({ metrics }: { metrics: RunMetrics }) {
  const { runs, completed, failed, autonomy, answerMs, medianMs, costUsd, unpricedCalls } = metrics;
  const ended = completed + failed;
  const tiles = [
    { name: 'Goals done', value: runs === 0 ? none : String(completed), about: failed === 1 ? '1 failed' : `${failed} failed` },
    {
      name: 'Autonomy',
      value: autonomy === null ? none : `${Math.round(autonomy * 100)} %`,
      about: 'done without asking',
    },
    {
      name: 'Cost a goal',
      value: ended === 0 ? none : describeCost({ costUsd: costUsd / Math.max(1, runs), unpricedCalls }),
      about: `${describeCost({ costUsd, unpricedCalls })} in all`,
    },
    {
      name: 'Goal to end, with waits',
      value: medianMs === null ? none : formatDuration(medianMs),
      about: answerMs === null ? 'the median' : `answers in ${formatDuration(answerMs)}`,
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {tiles.map(({ name, value, about }) => (
        <div key={name} className="rounded-card border border-line bg-raised px-4 py-3">
          <dt className="text-ink-soft text-xs">{name}</dt>
          <dd className="tabular font-semibold text-title">{value}</dd>
          <dd className="tabular text-ink-soft text-xs">{about}</dd>
        </div>
      ))}
    </dl>
  );
}
