'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** Words not sent yet, kept on this device, for the field whose id is `key`. Storage may be full or forbidden: then they live as long as the page. */
export function useDraft(key: string) {
  const [text, setText] = useState('');
  const latest = useRef('');

  const setDraft = useCallback(
    (next: string | ((draft: string) => string)) => {
      latest.current = typeof next === 'string' ? next : next(latest.current);
      setText(latest.current);
      try {
        if (latest.current) localStorage.setItem(storageKey(key), latest.current);
        else localStorage.removeItem(storageKey(key));
      } catch {
        // No storage on this device.
      }
    },
    [key],
  );

  useEffect(() => setDraft((typed) => typed || typedBefore(key) || readDraft(key)), [key, setDraft]);

  return [text, setDraft] as const;
}

/** What was typed before the page came to life. */
function typedBefore(key: string): string {
  return (document.getElementById(key) as HTMLTextAreaElement | null)?.value ?? '';
}

function readDraft(key: string): string {
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

/** What stands in the field once `sent` is on its way: the words typed meanwhile. */
export function withoutSent(draft: string, sent: string): string {
  return draft.startsWith(sent) ? draft.slice(sent.length) : draft;
}

/** Where this device keeps the draft of a field. */
export function storageKey(key: string): string {
  return `choir-draft:${key}`;
}
