import { explainFailure } from './request.ts';

/** What an asking came to; both null while it is under way. */
export type Asked<Answer> = { answer: Answer | null; failure: string | null };

export const nothingYet = { answer: null, failure: null };

/** What is asked for as often as somebody wants it anew: the newest asking stops the one before it, and only it is shown. */
export function createAsking<Answer>(ask: (signal: AbortSignal) => Promise<Answer>, show: (asked: Asked<Answer>) => void) {
  let underWay: AbortController | undefined;
  return {
    begin(): void {
      underWay?.abort();
      underWay = new AbortController();
      const { signal } = underWay;
      const showMine = (asked: Asked<Answer>) => signal.aborted || show(asked);
      showMine(nothingYet);
      ask(signal).then(
        (answer) => showMine({ answer, failure: null }),
        (error: unknown) => showMine({ answer: null, failure: explainFailure(error) }),
      );
    },
    stop(): void {
      underWay?.abort();
    },
  };
}
