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
  const asked = reader;
  const fresh = fetch(request);
  // Before anything else waits for it: a body that is being read has no clone.
  later(fresh.then((response) => (response.ok && isKept(url) ? keep(url, response.clone(), asked) : undefined)));
  const copy = await caches
    .open(pageCache)
    .then((cache) => cache.match(url.pathname))
    .catch(() => undefined);
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
  for (const { path, since } of pages) await renew(new URL(path, location.origin), since, asked).catch(() => {});
}

async function renew(url: URL, since: string | undefined, asked: number): Promise<void> {
  if (!isKept(url) || (since !== undefined && (await keptAt(url)) > Date.parse(since))) return;
  const response = await fetch(url, { headers: { accept: 'text/html' }, priority: 'low' });
  if (response.ok) await keep(url, response, asked);
}

async function keptAt({ pathname }: URL): Promise<number> {
  return copiedAt(await (await caches.open(pageCache)).match(pathname));
}

async function keep({ pathname }: URL, response: Response, asked: number): Promise<void> {
  if (response.redirected || !response.headers.get('content-type')?.startsWith('text/html')) return;
  const cache = await caches.open(pageCache);
  await keepScripts(await response.clone().text());
  if (asked === reader) await putPage(cache, pathname, response);
  if (asked !== reader) return forgetPages();
}
