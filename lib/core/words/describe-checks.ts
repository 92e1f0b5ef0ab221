import type { EventData } from '../event.ts';

type Check = EventData<'run.preflighted'>['checks'][number];

export function signOfCheck({ ok, warns }: Pick<Check, 'ok' | 'warns'>): string {
  return !ok ? '✗' : warns ? '⚠' : '✓';
}

/** What the checks before a run on its own came to, in one line. */
export function describeChecks(checks: readonly Check[]): { words: string; isWarning: boolean } {
  const named = (some: readonly Check[]) => some.map(({ name }) => name).join(', ');
  const failed = named(checks.filter(({ ok }) => !ok));
  if (failed) return { words: `Not ready: ${failed}`, isWarning: true };
  const doubtful = named(checks.filter(({ warns }) => warns));
  return { words: `Ready to work on its own${doubtful && `, but look at: ${doubtful}`}`, isWarning: doubtful !== '' };
}
