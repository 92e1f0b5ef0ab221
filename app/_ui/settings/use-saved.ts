'use client';

import { useRef, useState } from 'react';
import { explainFailure, sendJson } from '../../_live/request.ts';

/** Keeps a value on the server as it changes: one change after the other, so that the last one stands. `saved`: what is shown is kept. */
export function useSaved(path: string) {
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const line = useRef(Promise.resolve());
  const latest = useRef(0);

  function save(value: unknown): void {
    latest.current += 1;
    const change = latest.current;
    setSaved(false);
    setFailure(null);
    line.current = line.current
      .then(() => sendJson(path, value, 'PUT'))
      .then(
        () => {
          if (change === latest.current) setSaved(true);
        },
        (error: unknown) => setFailure(explainFailure(error)),
      );
  }

  return { saved, failure, save };
}
