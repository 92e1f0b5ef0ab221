import { isDeepStrictEqual } from 'node:util';
import type { CallState } from '#lib/core/state.ts';

/** Calls that are looked at for a circle. */
export const recentCalls = 60;
/** No agent goes round more often without a person. */
export const roundsBeforeAsk = 5;
const longestCircle = 12;

/** What the newest calls repeat: the same one while no file changed, however far apart, or several in the same order. */
export function circleOf(calls: readonly CallState[]): { length: number; rounds: number } {
  const last = calls.at(-1);
  if (!last) return { length: 1, rounds: 0 };
  const still = calls.slice(calls.findLastIndex(({ checkpointId }) => checkpointId !== undefined) + 1);
  let most = { length: 1, rounds: still.filter((call) => isSame(call, last)).length };
  for (let length = 1; length <= longestCircle; length += 1) {
    const differs = calls.findLastIndex((call, index) => {
      const later = calls[index + length];
      return later !== undefined && !isSame(call, later);
    });
    const rounds = Math.floor((calls.length - 1 - differs) / length);
    if (rounds > most.rounds) most = { length, rounds };
  }
  return most;
}

function isSame(a: CallState, b: CallState): boolean {
  const end = ({ result }: CallState) => [result?.status, result?.returncode, result?.stdout, result?.stderr, result?.error];
  return isDeepStrictEqual(a.call, b.call) && isDeepStrictEqual(end(a), end(b));
}
