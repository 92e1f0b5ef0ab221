'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeptKey } from '../../_live/device/kept-key.ts';
import { keepWords, keptWords } from '../../_live/device/kept-words.ts';

/** Words not sent yet, kept on this device, for the field whose id is `key`. The third says where storage is full or forbidden: then they live as long as the page. */
export function useDraft(key: string) {
  const [text, setText] = useState('');
  const [isKept, setKept] = useState(true);
  const latest = useRef('');

  const show = useCallback((words: string) => {
    latest.current = words;
    setText(words);
  }, []);
  const setDraft = useCallback(
    (next: string | ((draft: string) => string)) => {
      show(typeof next === 'string' ? next : next(latest.current));
      setKept(keepWords(storageKey(key), latest.current));
    },
    [key, show],
  );

  useEffect(() => setDraft((typed) => typed || typedBefore(key) || keptWords(storageKey(key))), [key, setDraft]);
  useEffect(() => {
    // Another tab went on with the same words, or sent them. It has kept them: kept again by one that hears late, older words would come back to it.
    const onStorage = (event: StorageEvent) => {
      if (event.key === storageKey(key) && (event.oldValue ?? '') === latest.current) show(event.newValue ?? '');
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, [key, show]);

  return [text, setDraft, text && !isKept ? notKept : null] as const;
}

/** Said of words that this device could not keep. */
export const notKept = 'There is no room for this on the device: it goes with the page.';

/** What was typed before the page came to life. */
function typedBefore(key: string): string {
  return (document.getElementById(key) as HTMLTextAreaElement | null)?.value ?? '';
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
export function storageKey(key: string): KeptKey {
  return `choir-draft:${key}`;
}
