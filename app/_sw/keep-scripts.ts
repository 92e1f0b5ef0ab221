/** Scripts, styles and fonts: their names change with what is in them, and they are nobody's in particular. */
export const scriptCache = 'choir-scripts';

const mostFiles = 400;

export function isScript({ pathname }: URL): boolean {
  return pathname.startsWith('/_next/static/') || /^\/(?:icon|apple-touch-icon)[\w-]*\.(?:png|svg)$/.test(pathname);
}

/** From this device where it is kept, else from the network, and kept by work for `later`, which may fail. */
export async function openScript(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
  const cache = await caches.open(scriptCache).catch(() => null);
  const copy = await cache?.match(request).catch(() => undefined);
  if (copy) return copy;
  const response = await fetch(request);
  if (cache && response.status === 200) later(cache.put(request, response.clone()));
  return response;
}

/** Keeps all that a page needs to come to life, so that it does so without a network. */
export async function keepScripts(page: string): Promise<void> {
  const cache = await caches.open(scriptCache);
  const wanted = new Set(page.match(/\/_next\/static\/[\w./~%()[\]-]+\.(?:js|css|woff2)/g));
  await Promise.all(
    [...wanted].map(async (path) => {
      if (!(await cache.match(path))) await cache.add(path).catch(() => {});
    }),
  );
}

/** Lets go of the oldest files: those of builds that are long gone. */
export async function tidyScripts(): Promise<void> {
  const cache = await caches.open(scriptCache);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - mostFiles))) await cache.delete(key);
}
