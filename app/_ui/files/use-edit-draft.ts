'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** A person's text of a file that is not saved yet, and the checkpoint that it was begun on. */
export type EditDraft = { text: string; base: string };

const writeAfterMs = 300;

/** Keeps an edit on this device until it is saved or thrown away: a page that goes away loses nothing. */
export function useEditDraft(threadId: string, path: string) {
  const key = `choir-edit:${threadId}:${path}`;
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    setDraft(readDraft(key));
  }, [key]);

  const keep = useCallback(
    (next: EditDraft | null) => {
      clearTimeout(timer.current);
      if (next === null) {
        setDraft(null);
        writeDraft(key, null);
      } else timer.current = setTimeout(() => writeDraft(key, next), writeAfterMs);
    },
    [key],
  );
  return { draft, keep };
}

function readDraft(key: string): EditDraft | null {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? 'null') as EditDraft | null;
    return typeof found?.text === 'string' && typeof found.base === 'string' ? found : null;
  } catch {
    return null;
  }
}

function writeDraft(key: string, draft: EditDraft | null): void {
  try {
    if (draft === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // No storage on this device: the edit lives as long as the page.
  }
}
