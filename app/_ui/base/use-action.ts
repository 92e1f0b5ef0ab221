'use client';

import { useCallback, useRef, useState } from 'react';
import { newId } from '#lib/core/new-id.ts';
import { explainFailure } from '../../_live/request.ts';

/**
 * A thing that a press does on the server: at most one at a time, with its failure in words. `act` says whether it went through. A press after one that
 * heard no answer has the same request id, so that both take effect once; `said` tells apart what is asked for.
 */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef(false);
  const asked = useRef({ said: '', requestId: '' });

  const act = useCallback(async (work: (requestId: string) => Promise<unknown>, said = ''): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFailure(null);
    if (asked.current.requestId === '' || asked.current.said !== said) asked.current = { said, requestId: newId('rq') };
    try {
      await work(asked.current.requestId);
      asked.current.requestId = '';
      return true;
    } catch (error) {
      setFailure(explainFailure(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);

  return { busy, failure, act };
}
