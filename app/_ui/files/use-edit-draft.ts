'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { keepWords, keptValue } from '../../_live/device/kept-words.ts';

/** A person's text of a file that is not saved yet, and the checkpoint that it was begun on. */
export type EditDraft = { text: string; base: string };

const writeAfterMs = 300;

/** Keeps an edit on this device until it is saved or thrown away: a page that goes away loses nothing, unless there is no room (`isKept`). */
export function useEditDraft(threadId: string, path: string) {
  const key = `choir-edit:${threadId}:${path}`;
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const [isKept, setKept] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    setDraft(readDraft(key));
  }, [key]);

  const keep = useCallback(
    (next: EditDraft | null) => {
      clearTimeout(timer.current);
      if (next === null) {
        setDraft(null);
        setKept(true);
        keepWords(key, '');
      } else timer.current = setTimeout(() => setKept(keepWords(key, JSON.stringify(next))), writeAfterMs);
    },
    [key],
  );
  return { draft, keep, isKept };
}

function readDraft(key: string): EditDraft | null {
  const found = keptValue(key) as EditDraft | null;
  return typeof found?.text === 'string' && typeof found.base === 'string' ? found : null;
}
