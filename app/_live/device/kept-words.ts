import type { KeptKey } from './kept-key.ts';

/** What there was no room for: it lives as long as the page. */
const unkept = new Map<KeptKey, string>();
const listeners = new Set<() => void>();

/**
 * Keeps words on this device under `key`; '' keeps none. False: there is no room, or no storage at all. Then nothing older stands there that would
 * come back in their place, and the page has them until it goes.
 */
export function keepWords(key: KeptKey, words: string): boolean {
  const isKept = store(key, words);
  for (const listener of listeners) listener();
  return isKept;
}

function store(key: KeptKey, words: string): boolean {
  unkept.delete(key);
  try {
    if (words) localStorage.setItem(key, words);
    else localStorage.removeItem(key);
    return true;
  } catch {
    if (words) store(key, '');
    unkept.set(key, words);
    return false;
  }
}

/** Calls back when anything is kept, or let go of, here or in another tab. Gives what stops it. */
export function followKept(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** What was kept under `key`, in storage or in this page; '' for nothing. */
export function keptWords(key: KeptKey): string {
  try {
    return unkept.get(key) ?? localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

/** The same of what was kept as JSON; null for nothing, and for what is no JSON. */
export function keptValue(key: KeptKey): unknown {
  return parseKept(keptWords(key));
}

export function parseKept(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}
