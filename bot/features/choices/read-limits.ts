import { DomainError } from '#lib/core/domain-error.ts';
import { RunLimits } from '#lib/core/limits/run-limits.ts';

const example = '$2, 50 steps, 30 min, checkpoint every 5 min';
const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

const money = String.raw`\$\s?(?<usd>\d{1,6}(?:\.\d{1,4})?)|(?<dollars>\d{1,6}(?:\.\d{1,4})?)\s?(?:\$|usd\b|dollars?\b)`;
const steps = String.raw`(?<steps>\d{1,6})\s?(?:steps?|iterations?)\b`;
const every = String.raw`(?<every>(?:checkpoints?\s+)?every\s+|checkpoints?\s+)`;
const part = String.raw`\d{1,6}\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)(?![a-z])`;
const time = String.raw`(?<time>${part}(?:\s*${part})*)`;
const amount = new RegExp(String.raw`\s*(?:(?:,|;|\band\b)\s*)?(?:${money}|${steps}|${every}?${time})`, 'giy');

/** Limits in plain words, such as "$2, 50 steps, 30 min, checkpoint every 5 min"; null for "none". Throws `invalid` with what to say instead. */
export function readLimits(words: string): RunLimits | null {
  const text = words.trim();
  if (/^(?:none|no limits?|off)$/i.test(text)) return null;
  let end = 0;
  const limits: RunLimits = {};
  function name(limit: keyof RunLimits, value: number): void {
    if (limits[limit] !== undefined) throw new DomainError('invalid', `Say each limit once, like this: /limits ${example}`);
    limits[limit] = value;
  }
  for (const match of text.matchAll(amount)) {
    end = match.index + match[0].length;
    const { usd, dollars, steps: count, every: isInterval, time: length = '' } = match.groups ?? {};
    const amountUsd = usd ?? dollars;
    if (amountUsd !== undefined) name('budgetUsd', Number(amountUsd));
    else if (count !== undefined) name('maxIterations', Number(count));
    else name(isInterval === undefined ? 'timeMs' : 'checkpointEveryMs', durationMs(length));
  }
  const rest = text.slice(end).trim();
  if (rest !== '') throw new DomainError('invalid', `I do not understand “${rest.slice(0, 60)}”. Say it like this: /limits ${example}`);
  const read = RunLimits.safeParse(limits);
  if (read.success) return read.data;
  throw new DomainError(
    'invalid',
    'A limit is more than nothing, and at most $10,000, 10,000 steps or 7 days. Checkpoints are at least 10 seconds apart.',
  );
}

/** Of "1 h 30 min" or "90s". */
function durationMs(text: string): number {
  const parts = text.matchAll(/(\d+)\s?([smh])/gi);
  return parts.reduce((ms, [, count, unit = '']) => ms + Number(count) * (unitMs[unit.toLowerCase()] ?? 0), 0);
}
