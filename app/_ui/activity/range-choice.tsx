import Link from 'next/link';

const ranges = [7, 30, 90];

export function RangeChoice({ days }: { days: number }) {
  return (
    <nav aria-label="Days" className="flex gap-1 text-sm">
      {ranges.map((range) => (
        <Link
          key={range}
          href={`/activity?days=${range}`}
          aria-current={range === days ? 'true' : undefined}
          className="tabular inline-flex min-h-11 items-center rounded-control px-3 text-ink-soft hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
        >
          {range} days
        </Link>
      ))}
    </nav>
  );
}
