import { keepScripts } from './keep-scripts.ts';
import { offlinePage } from './offline-page.ts';
import { copiedAt, putPage } from './put-page.ts';

/** Pages of the person who is signed in on this device. */
const pageCache = 'choir-pages';
/** Counts who read here: what was asked for by one must not be kept for the next. */
let reader = 0;

const slowMs = 4_000;
const kept = /^\/(?:$|threads\/[^/]+(?:\/[a-z]+)?$|settings$|activity$)/;

/** Whether a page is kept for reading without a network. One with a query shows a choice of the moment. */
export function isKept({ pathname, search }: URL): boolean {
  return search === '' && kept.test(pathname);
}

/** Empties it, also of what is on its way. */
export async function forgetPages(): Promise<void> {
  reader += 1;
  await caches.delete(pageCache);
}

/**
 * The page from the network; as it was kept when the network is away, or slower than reading can wait for: then `onCopy` hears from when it is.
 * `later` is given what nobody waits for: keeping the page, which a storage that is full refuses.
 */
export async function openPage(
  request: Request,
  later: (work: Promise<unknown>) => void,
  onCopy: (keptAt: string | null) => void,
): Promise<Response> {
  const url = new URL(request.url);
  const pages = openPages();
  const fresh = fetch(request);
  // Before anything else waits for it: a body that is being read has no clone.
  const body = fresh.then((response) => (response.ok && isKept(url) ? response.clone() : null));
  later(body.then(async (response) => response && keep(await pages, url, response)));
  const copy = await pages.then((cache) => cache?.match(url.pathname)).catch(() => undefined);
  if (!copy) return fresh.catch(() => offlinePage());
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(copy), slowMs));
  const answered = fresh.then(
    (response) => (response.status >= 500 ? copy : response),
    () => copy,
  );
  const opened = await Promise.race([answered, late]);
  if (opened === copy) onCopy(copy.headers.get('date'));
  return opened;
}

/** Reads pages anew and keeps them, those that are kept already only when they are older than `since`. One that cannot be had is left as it is. */
export async function keepPages(pages: readonly { path: string; since?: string }[]): Promise<void> {
  const asked = reader;
  for (const { path, since } of pages) if (asked === reader) await renew(new URL(path, location.origin), since).catch(() => {});
}

async function renew(url: URL, since: string | undefined): Promise<void> {
  const cache = isKept(url) ? await openPages() : null;
  if (!cache || (since !== undefined && copiedAt(await cache.match(url.pathname)) > Date.parse(since))) return;
  const response = await fetch(url, { headers: { accept: 'text/html' }, priority: 'low' });
  if (response.ok) await keep(cache, url, response);
}

/**
 * What is kept for whoever reads now; null where it cannot be had, or they left meanwhile. Opened before a page is asked for: a cache that was
 * deleted is its holder's alone, so what comes too late for them is kept for nobody.
 */
async function openPages(): Promise<Cache | null> {
  const asked = reader;
  const cache = await caches.open(pageCache).catch(() => null);
  return asked === reader ? cache : null;
}

async function keep(cache: Cache | null, { pathname }: URL, response: Response): Promise<void> {
  if (!cache || response.redirected || !response.headers.get('content-type')?.startsWith('text/html')) return;
  await keepScripts(await response.clone().text());
  await putPage(cache, pathname, response);
}
