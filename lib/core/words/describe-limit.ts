import { type LimitName, ownLimits } from '../limits/limit-names.ts';
import type { ReachedLimit, RunLimits } from '../limits/run-limits.ts';
import { describeUsd } from './describe-cost.ts';
import { formatCount } from './format.ts';

/** How far a run came, and how far it may go if it is let on: two short sentences for a card. */
export function describeLimit(reached: ReachedLimit): string {
  const { limit, next } = reached;
  const far = `${describeReached(reached)}.`;
  if (limit === 'price') return `${far} Approve to go on without counting what this model costs.`;
  return limit === 'scope' ? far : `${far} Approve to go on up to ${describeAmount(limit, next)}.`;
}

/** How far a run came, such as `$1.52 of $1.50`. */
export function describeReached({ limit, used, allowed }: ReachedLimit): string {
  return `${limit === 'maxIterations' ? used : describeAmount(limit, used)} of ${describeAmount(limit, allowed)}`;
}

/** Where a run stops and asks, such as `$5.00, 50 steps, 1 h`; '' where it does nowhere. */
export function describeLimits(limits: RunLimits): string {
  return ownLimits.flatMap((name) => (limits[name] === undefined ? [] : [describeAmount(name, limits[name])])).join(', ');
}

/** An amount in the words of its limit: `$1.50`, `200 steps`, `2 h 5 min`. */
export function describeAmount(limit: LimitName, value: number): string {
  if (limit === 'maxIterations') return formatCount(value, 'step');
  if (limit === 'timeMs') return describeDuration(value);
  return describeUsd(value);
}

/** Milliseconds as a limit is set in: `45 s`, `20 min`, `2 h`, `2 h 5 min`. */
export function describeDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  const rest = minutes % 60;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
