'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { KeptKey } from '../../_live/device/kept-key.ts';
import { keepWords, keptValue } from '../../_live/device/kept-words.ts';
import { writeLater } from './write-later.ts';

/** A person's text of a file that is not saved yet, and the checkpoint that it was begun on. */
export type EditDraft = { text: string; base: string };

const writeAfterMs = 300;

/**
 * Keeps an edit on this device until it is saved or thrown away: a page that goes away loses nothing, unless there is no room (`isKept`). `keep` is for
 * each letter; `setAside`, at once, for an edit that nobody may go on with now, which is `draft` then, or for none; `settle` for what was saved: an edit
 * that went on in another place stays.
 */
export function useEditDraft(threadId: string, path: string) {
  const key = editKey(threadId, path);
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const [isKept, setKept] = useState(true);
  const write = useCallback((edit: EditDraft | null) => setKept(keepWords(key, edit ? JSON.stringify(edit) : '')), [key]);
  const later = useMemo(() => writeLater(write, writeAfterMs), [write]);

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

  const setAside = useCallback(
    (edit: EditDraft | null) => {
      later.drop();
      setDraft(edit);
      write(edit);
    },
    [write, later],
  );
  const settle = useCallback(
    (text: string) => {
      later.flush();
      if (readDraft(key)?.text === text) setAside(null);
    },
    [key, later, setAside],
  );
  return { draft, keep: later.put, setAside, settle, isKept };
}

/** Whether an edit of this file waits to be gone on with. */
export function hasEditDraft(threadId: string, path: string): boolean {
  return readDraft(editKey(threadId, path)) !== null;
}

function editKey(threadId: string, path: string): KeptKey {
  return `choir-edit:${threadId}:${path}`;
}

function readDraft(key: KeptKey): EditDraft | null {
  const found = keptValue(key) as EditDraft | null;
  return typeof found?.text === 'string' && typeof found.base === 'string' ? found : null;
}
