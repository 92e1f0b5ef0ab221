import type { RunState } from '#lib/core/state.ts';
import { type OwnLimit, ownLimits } from './limit-names.ts';
import type { ReachedLimit } from './run-limits.ts';

/** The first limit of its own that a run has come to at `now` (ms since 1970), or null. Pure: good for any agent's loop, and for a face. */
export function limitReached(run: RunState, now: number): ReachedLimit | null {
  const used: Record<OwnLimit, number> = { budgetUsd: run.cost.costUsd, maxIterations: run.iterations, timeMs: workedMs(run, now) };
  for (const limit of ownLimits) {
    const allowed = run.limits[limit];
    if (allowed !== undefined && used[limit] >= allowed) return raisable(run, limit, used[limit], allowed);
  }
  return null;
}

/**
 * A limit of the run's own, with where it will stand when the person lets the run go on: as much further as was given at first, or twice as far where
 * that is less than the `needed` amount of what it could not do.
 */
export function raisable(run: RunState, limit: OwnLimit, used: number, allowed: number, needed = 0): ReachedLimit {
  const given = givenLimit(run, limit, allowed);
  const reached = { limit, used, allowed };
  if (given >= needed) return { ...reached, next: Math.max(used, allowed) + given };
  return { ...reached, next: wholeCents(Math.max(used, allowed) + Math.max(needed, allowed)) };
}

/** Up to the next cent, as a card shows it. */
export function wholeCents(usd: number): number {
  return Math.ceil(usd * 100 - 1e-9) / 100;
}

/** Milliseconds that workers spent on the run until `now`, its waits left out. */
export function workedMs({ clock }: RunState, now: number): number {
  return clock.workedMs + (clock.until === null ? 0 : Math.max(0, now - Date.parse(clock.until)));
}

/** The limits as the goal was given, before anybody raised one: what a next goal begins with. */
export function givenLimits(run: RunState): RunState['limits'] {
  const given = ownLimits.flatMap((limit) => {
    const now = run.limits[limit];
    return now === undefined ? [] : [[limit, givenLimit(run, limit, now)]];
  });
  return { ...run.limits, ...Object.fromEntries(given) };
}

function givenLimit({ approvals }: RunState, limit: OwnLimit, now: number): number {
  return approvals.find(({ action }) => action.budget?.limit === limit)?.action.budget?.allowed ?? now;
}
