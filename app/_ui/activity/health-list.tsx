import { CircleCheck, CircleMinus, CircleX, type LucideIcon } from 'lucide-react';
import type { Health } from '#lib/activity/read-health.ts';
import { formatBytes } from '#lib/core/words/format.ts';

type Line = { name: string; words: string; state: 'good' | 'bad' | 'off' };

const lowDisk = 2 * 1024 ** 3;
const looks: Record<Line['state'], { Icon: LucideIcon; tone: string }> = {
  good: { Icon: CircleCheck, tone: 'text-good' },
  bad: { Icon: CircleX, tone: 'text-bad' },
  off: { Icon: CircleMinus, tone: 'text-ink-soft' },
};

export function HealthList({ health }: { health: Health }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {linesOf(health).map(({ name, words, state }) => {
        const { Icon, tone } = looks[state];
        return (
          <li key={name} className="flex min-h-11 items-center gap-3 px-4 py-2 text-sm">
            <Icon className={`size-4.5 shrink-0 ${tone}`} aria-hidden />
            <span className="flex-1">{name}</span>
            <span className="tabular text-right text-ink-soft">{words}</span>
          </li>
        );
      })}
    </ul>
  );
}

function linesOf({ nats, workerPresent, waitingJobs, providers, telegramBot, freeBytes }: Health): Line[] {
  return [
    { name: 'Live events', words: nats ? 'NATS answers' : 'NATS does not answer', state: nats ? 'good' : 'bad' },
    { name: 'Workers', words: describeWorkers(workerPresent, waitingJobs), state: workerPresent ? 'good' : 'bad' },
    { name: 'Models', words: providers.length > 0 ? providers.join(', ') : 'no key is set', state: providers.length > 0 ? 'good' : 'off' },
    { name: 'Telegram', words: telegramBot ? `@${telegramBot}` : 'not set up', state: telegramBot ? 'good' : 'off' },
    { name: 'Disk', words: `${formatBytes(freeBytes)} free`, state: freeBytes < lowDisk ? 'bad' : 'good' },
  ];
}

function describeWorkers(present: boolean, waiting: number): string {
  const queue = waiting === 0 ? 'nothing waits' : waiting === 1 ? '1 run waits' : `${waiting} runs wait`;
  return present ? queue : `none is there, ${queue}`;
}
