'use client';

import { useEffect, useState } from 'react';
import { askWorker } from './ask-worker.ts';

/** From when the copy is that this page was opened from; null for a page that came over the network. */
export function useCopyDate(): string | null {
  const [date, setDate] = useState<string | null>(null);
  useEffect(() => {
    void askWorker({ type: 'as-of' }).then((answer) => {
      if (typeof answer === 'string' && !Number.isNaN(Date.parse(answer))) setDate(new Date(answer).toISOString());
    });
  }, []);
  return date;
}
