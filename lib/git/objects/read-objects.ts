import fs from 'node:fs';

const cachedStores = 16;
const caches = new Map<string, object>();

/** What isomorphic-git needs to read a store in this process; its pack indexes are kept for the stores used last. */
export function objectsOf(store: string): { fs: typeof fs; gitdir: string; cache: object } {
  const cache = caches.get(store) ?? {};
  caches.delete(store);
  caches.set(store, cache);
  const oldest = caches.keys().next().value;
  if (caches.size > cachedStores && oldest !== undefined) caches.delete(oldest);
  return { fs, gitdir: store, cache };
}
