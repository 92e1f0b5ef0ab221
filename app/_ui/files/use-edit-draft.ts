'use client';

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { KeptKey } from '../../_live/device/kept-key.ts';
import { followKept, keepWords, keptWords, parseKept } from '../../_live/device/kept-words.ts';
import type { Edit } from './save-edit.ts';
import { writeLater } from './write-later.ts';

/** A person's text of a file that is not saved yet. */
export type EditDraft = Edit & { text: string };

const writeAfterMs = 300;

/**
 * Keeps an edit on this device until it is saved or thrown away: a page that goes away loses nothing, unless there is no room (`isKept`). `draft` is what
 * is kept, whichever page or tab has kept it. `keep` is for each letter; `setAside`, at once, for an edit that nobody may go on with now, or for none.
 * An edit that went on in another place stays as it is: `follow` is for what is known of this one while it is on its way, `settle` for what was saved.
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
  const replace = useCallback(
    (text: string, edit: EditDraft | null) => {
      later.flush();
      if (readDraft(keptWords(key))?.text === text) write(edit);
    },
    [key, later, write],
  );
  const follow = useCallback((edit: EditDraft) => replace(edit.text, edit), [replace]);
  const settle = useCallback((text: string) => replace(text, null), [replace]);
  return { draft, keep: later.put, setAside, follow, settle, isKept };
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
