'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { keepWords, keptValue } from '../../_live/device/kept-words.ts';
import { writeLater } from './write-later.ts';

/** A person's text of a file that is not saved yet, and the checkpoint that it was begun on. */
export type EditDraft = { text: string; base: string };

const writeAfterMs = 300;

/** Keeps an edit on this device until it is saved or thrown away: a page that goes away loses nothing, unless there is no room (`isKept`). */
export function useEditDraft(threadId: string, path: string) {
  const key = `choir-edit:${threadId}:${path}`;
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const [isKept, setKept] = useState(true);
  const later = useMemo(() => writeLater((edit: EditDraft) => setKept(keepWords(key, JSON.stringify(edit))), writeAfterMs), [key]);

  useEffect(() => {
    setDraft(readDraft(key));
  }, [key]);
  useEffect(() => {
    const flush = () => document.hidden && later.flush();
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('pagehide', later.flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('pagehide', later.flush);
      later.flush();
    };
  }, [later]);

  const keep = useCallback(
    (next: EditDraft | null) => {
      if (next) return later.put(next);
      later.drop();
      setDraft(null);
      setKept(true);
      keepWords(key, '');
    },
    [key, later],
  );
  return { draft, keep, isKept };
}

function readDraft(key: string): EditDraft | null {
  const found = keptValue(key) as EditDraft | null;
  return typeof found?.text === 'string' && typeof found.base === 'string' ? found : null;
}
