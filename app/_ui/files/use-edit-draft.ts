'use client';

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { KeptKey } from '../../_live/device/kept-key.ts';
import { followKept, keepWords, keptWords, parseKept } from '../../_live/device/kept-words.ts';
import { writeLater } from './write-later.ts';

/** A person's text of a file that is not saved yet, and the checkpoint that it was begun on. */
export type EditDraft = { text: string; base: string };

const writeAfterMs = 300;

/**
 * Keeps an edit on this device until it is saved or thrown away: a page that goes away loses nothing, unless there is no room (`isKept`). `draft` is what
 * is kept, whichever page or tab has kept it. `keep` is for each letter; `setAside`, at once, for an edit that nobody may go on with now, or for none;
 * `settle` for what was saved: an edit that went on in another place stays.
 */
export function useEditDraft(threadId: string, path: string) {
  const key = editKey(threadId, path);
  const kept = useSyncExternalStore(
    followKept,
    () => keptWords(key),
    () => '',
  );
  const draft = useMemo(() => readDraft(kept), [kept]);
  const [isKept, setKept] = useState(true);
  const write = useCallback((edit: EditDraft | null) => setKept(keepWords(key, edit ? JSON.stringify(edit) : '')), [key]);
  const later = useMemo(() => writeLater(write, writeAfterMs), [write]);

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
      write(edit);
    },
    [write, later],
  );
  const settle = useCallback(
    (text: string) => {
      later.flush();
      if (readDraft(keptWords(key))?.text === text) write(null);
    },
    [key, later, write],
  );
  return { draft, keep: later.put, setAside, settle, isKept };
}

/** Whether an edit of this file waits to be gone on with. */
export function hasEditDraft(threadId: string, path: string): boolean {
  return readDraft(keptWords(editKey(threadId, path))) !== null;
}

function editKey(threadId: string, path: string): KeptKey {
  return `choir-edit:${threadId}:${path}`;
}

function readDraft(kept: string): EditDraft | null {
  const found = parseKept(kept) as EditDraft | null;
  return typeof found?.text === 'string' && typeof found.base === 'string' ? found : null;
}
