import type { KeptKey } from './kept-key.ts';

/** What there was no room for: it lives as long as the page. */
const unkept = new Map<KeptKey, string>();

/**
 * Keeps words on this device under `key`; '' keeps none. False: there is no room, or no storage at all. Then nothing older stands there that would
 * come back in their place, and the page has them until it goes.
 */
export function keepWords(key: KeptKey, words: string): boolean {
  unkept.delete(key);
  try {
    if (words) localStorage.setItem(key, words);
    else localStorage.removeItem(key);
    return true;
  } catch {
    if (words) keepWords(key, '');
    unkept.set(key, words);
    return false;
  }
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
  try {
    return JSON.parse(keptWords(key));
  } catch {
    return null;
  }
}
