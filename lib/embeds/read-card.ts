import { z } from 'zod';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { fetchOutside, type Outside, type Reach } from './fetch-outside.ts';
import { type Episode, readFeed } from './read-feed.ts';
import { readPage } from './read-page.ts';

export const ReadCard = z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000) });

/** What an address leads to. `image` is a data URL, so that showing it asks nobody. `feed`: where a page's own feed is. */
export type Card =
  | { kind: 'page'; url: string; title: string; description: string; site: string; image: string | null; feed: string | null }
  | { kind: 'feed'; url: string; title: string; description: string; site: string; image: string | null; episodes: Episode[] }
  | { kind: 'audio' | 'image' | 'other'; url: string; title: string; site: string };

const pageBytes = 1024 * 1024;
const imageBytes = 400 * 1024;

/**
 * Looks at an address for a person who asked for it, and says what is there. Only public addresses are asked. Throws `invalid` and `unavailable` in words
 * for the person.
 */
export async function readCard(context: Context, { url }: z.infer<typeof ReadCard>, reach?: Reach): Promise<Card> {
  requirePerson(context.actor);
  const outside = await fetchOutside(url, pageBytes, reach);
  const place = { url: outside.url, site: new URL(outside.url).hostname };
  const name = lastName(outside.url) || place.site;
  if (outside.type.startsWith('audio/')) return { kind: 'audio', title: name, ...place };
  if (outside.type.startsWith('image/')) return { kind: 'image', title: name, ...place };
  const feed = /xml|json/.test(outside.type) && !/xhtml/.test(outside.type) ? readFeed(text(outside), outside.url) : null;
  if (feed) return { kind: 'feed', ...place, ...feed, image: await readImage(feed.image, reach) };
  if (!/html/.test(outside.type)) return { kind: 'other', title: name, ...place };
  const page = readPage(text(outside), outside.url);
  return { kind: 'page', ...place, ...page, title: page.title || place.site, image: await readImage(page.image, reach) };
}

/** As it is written where it is no UTF-8. */
function lastName(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function text({ bytes }: Outside): string {
  return new TextDecoder().decode(bytes);
}

/** A picture as a data URL; null when it cannot be had, is too large, or is of a kind that holds more than a picture. */
async function readImage(url: string | null, reach?: Reach): Promise<string | null> {
  if (!url) return null;
  try {
    const { type, bytes } = await fetchOutside(url, imageBytes, reach);
    if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(type) || bytes.length >= imageBytes) return null;
    return `data:${type};base64,${bytes.toString('base64')}`;
  } catch {
    return null;
  }
}
