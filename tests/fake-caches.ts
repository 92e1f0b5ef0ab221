type Entry = { url: string; body: string; headers: [string, string][] };

export type FakeCaches = {
  caches: CacheStorage;
  /** What is refused beyond: letters of all bodies. */
  room: number;
  /** Each call waits for this one before it does anything; a rejection is the call's own. */
  before: (call: string) => Promise<unknown>;
  /** Paths and what is in them, in the order of the keys; of the cache that has this name now. */
  kept(name: string): [string, string][];
};

/**
 * A browser's caches in memory. One that was deleted lives on in the hands of who opened it, and a page that finds no room leaves the older copy,
 * both as in Chromium and WebKit. A page that is put again is the last of the keys, as the standard says, or `stays`, as in WebKit.
 */
export function fakeCaches(origin: string, { stays = false } = {}): FakeCaches {
  const named = new Map<string, Map<string, Entry>>();
  const all = new Set<Map<string, Entry>>();
  const fake: FakeCaches = {
    room: Number.POSITIVE_INFINITY,
    before: async () => {},
    kept: (name) => [...(named.get(name)?.values() ?? [])].map(({ url, body }) => [new URL(url).pathname, body]),
    caches: {
      async open(name: string) {
        await fake.before('open');
        const entries = named.get(name) ?? new Map<string, Entry>();
        named.set(name, entries);
        all.add(entries);
        return openCache(entries);
      },
      async delete(name: string) {
        await fake.before('forget');
        return named.delete(name);
      },
    } as CacheStorage,
  };

  function openCache(entries: Map<string, Entry>): Cache {
    const urlOf = (key: RequestInfo | URL) => new URL(key instanceof Request ? key.url : key, origin).href;
    return {
      async match(key: RequestInfo) {
        await fake.before('match');
        const entry = entries.get(urlOf(key));
        return entry && new Response(entry.body, { headers: entry.headers });
      },
      async put(key: RequestInfo, response: Response) {
        const body = await response.text();
        await fake.before('put');
        const used = [...all].flatMap((cache) => [...cache.values()]).reduce((sum, entry) => sum + entry.body.length, 0);
        if (used + body.length > fake.room) throw new DOMException('The storage is full.', 'QuotaExceededError');
        const url = urlOf(key);
        if (!stays) entries.delete(url);
        entries.set(url, { url, body, headers: [...response.headers] });
      },
      async keys() {
        await fake.before('keys');
        return [...entries.values()].map(({ url }) => new Request(url));
      },
      async delete(key: RequestInfo) {
        await fake.before('delete');
        return entries.delete(urlOf(key));
      },
      async add() {},
    } as unknown as Cache;
  }
  return fake;
}
