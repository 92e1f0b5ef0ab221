'use client';

import { useCallback, useEffect, useState } from 'react';
import type { RevertScope } from '#lib/core/event.ts';
import type { RevertPreview } from '#lib/threads/revert/revert-thread.ts';
import { explainFailure, sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';

type Answer = { result: RevertPreview | null; failure: string | null };
const nothing: Answer = { result: null, failure: null };

export function useRevertPreview(threadId: string, checkpointId: string, scope: RevertScope) {
  const [answer, setAnswer] = useState<Answer>(nothing);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same question again
  useEffect(() => {
    const asking = new AbortController();
    setAnswer(nothing);
    const { signal } = asking;
    const path = threadPath(threadId, '/revert');
    sendJson<RevertPreview>(path, { checkpointId, scope, dryRun: true }, 'POST', { signal }).then(
      (result) => setAnswer({ result, failure: null }),
      (error: unknown) => {
        if (!signal.aborted) setAnswer({ result: null, failure: explainFailure(error) });
      },
    );
    return () => asking.abort();
  }, [threadId, checkpointId, scope, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...answer, reload };
}
