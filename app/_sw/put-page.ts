const mostPages = 24;

/** Letting go of a page made no room: another thing fills this device, or a page is too large for it. To let go of more would only lose it, as long as this worker lives. */
let isHopeless = false;

/** Keeps a page in the place of its older copy, which stays where there is no room: then the oldest other page goes and it is tried once more. */
export async function putPage(cache: Cache, path: string, response: Response): Promise<void> {
  try {
    await cache.put(path, response.clone());
  } catch (error) {
    if (isHopeless || !isFull(error)) throw error;
    isHopeless = true;
    await letGo(cache, path, 1);
    await cache.put(path, response);
    isHopeless = false;
  }
  const { length } = await cache.keys();
  if (length > mostPages) await letGo(cache, path, length - mostPages);
}

/** When a copy was made, in ms; 0 for none. */
export function copiedAt(copy: Response | undefined): number {
  return Date.parse(copy?.headers.get('date') ?? '') || 0;
}

/**
 * Lets go of the oldest, but never of the list, where the app opens. By date: a page that is put again is the last of the keys in Chromium, and
 * keeps its place in WebKit.
 */
async function letGo(cache: Cache, but: string, count: number): Promise<void> {
  const keys = (await cache.keys()).filter(({ url }) => !['/', but].includes(new URL(url).pathname));
  const dated = await Promise.all(keys.map(async (key) => ({ key, at: copiedAt(await cache.match(key)) })));
  for (const { key } of dated.toSorted((left, right) => left.at - right.at).slice(0, count)) await cache.delete(key);
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
