'use client';

import { useCallback, useEffect, useState } from 'react';
import { askUntilAnswered } from '../../_live/ask-until-answered.ts';
import { explainFailure, RequestError } from '../../_live/request.ts';

type Answer<Result> = { result: Result | null; failure: string | null };

const nothing = { result: null, failure: null };
const restMs = 2_000;

/** What would come of something: asked anew by `reload` and where `ask` is another one, and again and again while Choir cannot be reached. */
export function usePreview<Result>(ask: (signal: AbortSignal) => Promise<Result>) {
  const [answer, setAnswer] = useState<Answer<Result>>(nothing);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same question again
  useEffect(() => {
    async function askOnce(signal: AbortSignal): Promise<Answer<Result>> {
      try {
        return { result: await ask(signal), failure: null };
      } catch (error) {
        const answered = { result: null, failure: explainFailure(error) };
        if (error instanceof RequestError && error.status >= 400 && error.status < 500) return answered;
        if (!signal.aborted) setAnswer(answered);
        throw error;
      }
    }
    setAnswer(nothing);
    return askUntilAnswered(askOnce, setAnswer, restMs);
  }, [ask, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...answer, reload };
}
