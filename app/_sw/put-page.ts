const mostPages = 24;

/** Letting go of a page made no room: another thing fills this device, or a page is too large for it. It is not tried again as long as this worker lives. */
let isHopeless = false;

/**
 * Keeps a page in the place of its older copy, which stays where there is no room: then the oldest other page goes and it is tried once more. Where that
 * is no help either, the other page comes back: browsers start a worker anew all day, and each start would lose one.
 */
export async function putPage(cache: Cache, path: string, response: Response): Promise<void> {
  try {
    await cache.put(path, response.clone());
  } catch (error) {
    if (isHopeless || !isFull(error)) throw error;
    isHopeless = true;
    const [oldest] = await byAge(cache, path);
    const copy = oldest && (await cache.match(oldest));
    if (!copy) throw error;
    const lent = new Response(await copy.arrayBuffer(), copy);
    await cache.delete(oldest);
    await cache.put(path, response).catch(async (stillFull: unknown) => {
      await cache.put(oldest, lent);
      throw stillFull;
    });
    isHopeless = false;
  }
  const { length } = await cache.keys();
  if (length <= mostPages) return;
  for (const key of (await byAge(cache, path)).slice(0, length - mostPages)) await cache.delete(key);
}

/** When a copy was made, in ms; 0 for none. */
export function copiedAt(copy: Response | undefined): number {
  return Date.parse(copy?.headers.get('date') ?? '') || 0;
}

/**
 * Which pages may go, the oldest first: never the list, where the app opens. By date: a page that is put again is the last of the keys in Chromium,
 * and keeps its place in WebKit.
 */
async function byAge(cache: Cache, but: string): Promise<Request[]> {
  const keys = (await cache.keys()).filter(({ url }) => !['/', but].includes(new URL(url).pathname));
  const dated = await Promise.all(keys.map(async (key) => ({ key, at: copiedAt(await cache.match(key)) })));
  return dated.toSorted((left, right) => left.at - right.at).map(({ key }) => key);
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
