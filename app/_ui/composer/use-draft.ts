'use client';

import { useCallback, useEffect, useState } from 'react';

/** Words not sent yet, kept on this device. Storage may be full or forbidden: then they live as long as the page. */
export function useDraft(key: string): [draft: string, setDraft: (text: string) => void] {
  const [text, setText] = useState('');
  const storageKey = `choir-draft:${key}`;

  useEffect(() => {
    try {
      setText((typed) => typed || (localStorage.getItem(storageKey) ?? ''));
    } catch {
      // No storage on this device.
    }
  }, [storageKey]);

  const setDraft = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next) localStorage.setItem(storageKey, next);
        else localStorage.removeItem(storageKey);
      } catch {
        // No storage on this device.
      }
    },
    [storageKey],
  );

  return [text, setDraft];
}
