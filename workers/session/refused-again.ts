import type { RunState } from '#lib/core/state.ts';
import { describeCall } from '#lib/core/words/describe-call.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';
import { circleOf, recentCalls, roundsBeforeAsk } from '#workers/agents/circle-of.ts';

const objectLimit = 200;

/** Why a run ends whose agent asks for the same act however often it is told no; null while it does not. Each time is paid for. Pure. */
export function refusedAgain({ calls }: Pick<RunState, 'calls'>): string | null {
  const ended = calls.filter(({ result }) => result).slice(-recentCalls);
  const last = ended.at(-1);
  if (last?.result?.status !== 'denied' && last?.result?.status !== 'rejected') return null;
  if (circleOf(ended).rounds < roundsBeforeAsk) return null;
  const { verb, object } = describeCall(last.call, 'wanted');
  return `The agent asked for the same ${roundsBeforeAsk} times and was told no each time, so the run stops here. It wanted to: ${verb} ${excerpt(object, objectLimit)}`;
}
