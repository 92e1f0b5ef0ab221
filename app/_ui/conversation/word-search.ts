import { type Asked, createAsking } from '../../_live/asking.ts';

const settleMs = 200;
const shortest = 2;

/** Nobody looks for anything. */
export const nothingWanted = { answer: null, failure: null, isBusy: false };

/** Looks for words as they are typed, once they rest. What was found stays in sight until newer words are answered. */
export function createWordSearch<Found>(
  find: (words: string, signal: AbortSignal) => Promise<Found>,
  show: (search: Asked<Found>) => void,
) {
  let wanted = '';
  let found: Found | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const asking = createAsking<Found>(
    (signal) => find(wanted, signal),
    ({ answer, failure, isBusy }) => {
      if (!isBusy) found = answer;
      show({ answer: found, failure, isBusy });
    },
  );

  function stop(): void {
    clearTimeout(timer);
    asking.stop();
  }

  return {
    look(typed: string): void {
      const words = typed.trim();
      if (words === wanted) return;
      wanted = words;
      stop();
      const isEnough = words.length >= shortest;
      if (!isEnough) found = null;
      show({ answer: found, failure: null, isBusy: isEnough });
      if (isEnough) timer = setTimeout(asking.begin, settleMs);
    },
    again: asking.begin,
    stop,
  };
}
