'use client';

import { useCallback, useRef, useState } from 'react';
import { explainFailure } from '../../_live/request.ts';

/** A thing that a press does on the server: at most one at a time, with its failure in words. `act` says whether it went through. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef(false);

  const act = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      await work();
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
