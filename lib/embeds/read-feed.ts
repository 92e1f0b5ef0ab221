import { parseFeed } from 'feedsmith';

/** An entry of a feed, newest first as the feed has it. `audio` and `link` are https or http addresses; `at` is an ISO instant. */
export type Episode = { title: string; at: string | null; link: string | null; audio: string | null };
export type FeedFacts = { title: string; description: string; image: string | null; episodes: Episode[] };

const mostEpisodes = 50;
const longest = 500;

type Entry = {
  title?: unknown;
  link?: unknown;
  url?: unknown;
  pubDate?: unknown;
  published?: unknown;
  updated?: unknown;
  date_published?: unknown;
  enclosures?: { url?: unknown; type?: unknown }[];
  attachments?: { url?: unknown; mime_type?: unknown }[];
  links?: { href?: unknown; rel?: unknown; type?: unknown }[];
};
type Channel = {
  title?: unknown;
  description?: unknown;
  subtitle?: unknown;
  image?: { url?: unknown };
  itunes?: { image?: unknown };
  icon?: unknown;
  items?: Entry[];
  entries?: Entry[];
};

/** Reads RSS, Atom, RDF or a JSON feed that came from `base`, to which its addresses may be relative; null for anything else. Text only, however hostile the feed. */
export function readFeed(text: string, base: string): FeedFacts | null {
  let channel: Channel;
  try {
    channel = parseFeed(text).feed as Channel;
  } catch {
    return null;
  }
  return {
    title: plain(channel.title),
    description: plain(channel.description ?? channel.subtitle),
    image: address(channel.itunes?.image ?? channel.image?.url ?? channel.icon, base),
    episodes: (channel.items ?? channel.entries ?? []).slice(0, mostEpisodes).map((entry) => readEntry(entry, base)),
  };
}

function readEntry(entry: Entry, base: string): Episode {
  const links = entry.links ?? [];
  const sounds = [
    ...(entry.enclosures ?? []).map(({ url, type }) => ({ url, type })),
    ...(entry.attachments ?? []).map(({ url, mime_type }) => ({ url, type: mime_type })),
    ...links.flatMap(({ href, rel, type }) => (rel === 'enclosure' ? [{ url: href, type }] : [])),
  ];
  const sound = sounds.find(
    ({ url, type }) => /^audio\//.test(String(type ?? '')) || /\.(mp3|m4a|ogg|opus)(\?|$)/i.test(String(url ?? '')),
  );
  const page = links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;
  const at = new Date(String(entry.pubDate ?? entry.published ?? entry.date_published ?? entry.updated ?? ''));
  return {
    title: plain(entry.title),
    at: Number.isNaN(at.getTime()) ? null : at.toISOString(),
    link: address(entry.link ?? entry.url ?? page, base),
    audio: address(sound?.url, base),
  };
}

function plain(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('\0', '')
    .trim()
    .slice(0, longest);
}

function address(value: unknown, base: string): string | null {
  const url = typeof value === 'string' && value !== '' ? URL.parse(value, base) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
