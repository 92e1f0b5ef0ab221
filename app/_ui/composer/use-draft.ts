'use client';

import { useCallback, useEffect, useState } from 'react';

/** Words not sent yet, kept on this device. Storage may be full or forbidden: then they live as long as the page. */
export function useDraft(key: string): [draft: string, setDraft: (text: string) => void] {
  const [text, setText] = useState('');

  useEffect(() => setText((typed) => typed || readDraft(key)), [key]);

  const setDraft = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next) localStorage.setItem(storageKey(key), next);
        else localStorage.removeItem(storageKey(key));
      } catch {
        // No storage on this device.
      }
    },
    [key],
  );

  return [text, setDraft];
}

export function readDraft(key: string): string {
  try {
    return localStorage.getItem(storageKey(key)) ?? '';
  } catch {
    return '';
  }
}

/** Words that come back from their way, below those that stand in the field by now. */
export function withWordsBack(draft: string, words: string): string {
  return draft.trim() === '' ? words : `${draft.trimEnd()}\n\n${words}`;
}

function storageKey(key: string): string {
  return `choir-draft:${key}`;
}
