'use client';

import { useEffect, useMemo, useState } from 'react';
import { type Asked, createAsking, nothingYet } from '../../_live/asking.ts';
import { type Place, readPlaces } from './read-places.ts';

/** Where one may want to go in a thread, asked for again when the network is back or `again` is called. */
export function usePlaces(threadId: string) {
  const [{ answer, failure, isBusy }, setAsked] = useState<Asked<Place[]>>(nothingYet);
  const asking = useMemo(() => createAsking<Place[]>((signal, onPart) => readPlaces(threadId, signal, onPart), setAsked), [threadId]);
  const isKnown = !isBusy && failure === null;

  useEffect(() => {
    asking.begin();
    return asking.stop;
  }, [asking]);

  useEffect(() => {
    if (isKnown) return;
    window.addEventListener('online', asking.begin);
    return () => window.removeEventListener('online', asking.begin);
  }, [asking, isKnown]);

  return { places: answer ?? [], failure, isBusy, again: asking.begin };
}
