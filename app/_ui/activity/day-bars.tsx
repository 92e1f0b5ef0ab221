import type { RunMetrics } from '#lib/activity/measure-runs.ts';
import { formatCount } from '#lib/core/words/format.ts';

/** Runs that ended on each day, the failed ones at the foot of the bar and hatched. A table says the same to whoever cannot see it. */
export function DayBars({ days }: { days: RunMetrics['byDay'] }) {
  const most = Math.max(1, ...days.map(({ runs }) => runs));
  if (days.every(({ runs }) => runs === 0)) return <p className="text-ink-soft text-sm">No run ended in these days.</p>;
  return (
    <figure className="rounded-card border border-line bg-raised px-4 py-3">
      <div aria-hidden className="flex h-24 items-end gap-px sm:gap-0.5">
        {days.map(({ day, runs, failed }) => (
          <div key={day} title={`${day}: ${describe(runs, failed)}`} className="flex h-full min-w-0 flex-1 flex-col justify-end">
            <div className="mx-auto w-full max-w-8 rounded-t-sm bg-accent" style={{ height: `${((runs - failed) / most) * 100}%` }} />
            <div
              className="mx-auto w-full max-w-8 bg-[repeating-linear-gradient(45deg,var(--bad)_0_2px,transparent_2px_4px)]"
              style={{ height: `${(failed / most) * 100}%` }}
            />
            <div className="h-px bg-line-strong" />
          </div>
        ))}
      </div>
      <figcaption className="tabular flex justify-between pt-1.5 text-ink-soft text-xs">
        <span>{nameDay(days[0]?.day)}</span>
        <span>runs a day, at most {most}</span>
        <span>{nameDay(days.at(-1)?.day)}</span>
      </figcaption>
      <table className="sr-only">
        <caption>Runs that ended, by day</caption>
        <tbody>
          {days
            .filter(({ runs }) => runs > 0)
            .map(({ day, runs, failed }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{describe(runs, failed)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}

function describe(runs: number, failed: number): string {
  return `${formatCount(runs, 'run')}${failed > 0 ? `, ${failed} failed` : ''}`;
}

function nameDay(day: string | undefined): string {
  if (day === undefined) return '';
  return new Date(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
