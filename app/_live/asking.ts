import { explainFailure } from './request.ts';

/** What an asking came to; `answer`: as much of it as is there, with more to come while `isBusy`. */
export type Asked<Answer> = { answer: Answer | null; failure: string | null; isBusy: boolean };

export const nothingYet = { answer: null, failure: null, isBusy: true };

/** Asks; `onPart` shows what has come so far. */
type Ask<Answer> = (signal: AbortSignal, onPart: (answer: Answer) => void) => Promise<Answer>;

/** What is asked for as often as somebody wants it anew: the newest asking stops the one before it, and only it is shown. */
export function createAsking<Answer>(ask: Ask<Answer>, show: (asked: Asked<Answer>) => void) {
  let underWay: AbortController | undefined;
  return {
    begin(): void {
      underWay?.abort();
      underWay = new AbortController();
      const { signal } = underWay;
      let asked: Asked<Answer> = nothingYet;
      function showMine(change: Partial<Asked<Answer>>): void {
        if (signal.aborted) return;
        asked = { ...asked, ...change };
        show(asked);
      }
      showMine({});
      ask(signal, (answer) => showMine({ answer })).then(
        (answer) => showMine({ answer, isBusy: false }),
        (error: unknown) => showMine({ failure: explainFailure(error), isBusy: false }),
      );
    },
    stop(): void {
      underWay?.abort();
    },
  };
}
