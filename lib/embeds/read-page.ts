import { Parser } from 'htmlparser2';

/** What a page says of itself; links are absolute. */
export type PageFacts = { title: string; description: string; site: string; image: string | null; feed: string | null };

const longest = 500;
/** A head nests no deeper; each open tag makes the next one dearer to read. */
const deepest = 64;

/** Reads the head of an HTML page: Open Graph first, then what every page has. Text only, however hostile the page. */
export function readPage(html: string, base: string): PageFacts {
  const meta = new Map<string, string>();
  let title = '';
  let inTitle = false;
  let depth = 0;
  let feed: string | null = null;
  const parser = new Parser({
    onopentag(name, { property, name: key, content, rel, type, href }) {
      if (name === 'title') inTitle = title === '';
      const label = (property ?? key ?? '').toLowerCase();
      if (name === 'meta' && content && !meta.has(label)) meta.set(label, content);
      if (name === 'link' && rel === 'alternate' && /rss|atom/.test(type ?? '') && href) feed ??= resolved(href, base);
      depth += 1;
      if (name === 'body' || depth > deepest) parser.pause();
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag(name) {
      depth -= 1;
      if (name === 'title') inTitle = false;
    },
  });
  parser.end(html);
  const first = (...labels: string[]) => labels.map((label) => meta.get(label)).find(Boolean) ?? '';
  const image = first('og:image', 'og:image:url', 'twitter:image');
  return {
    title: plain(first('og:title', 'twitter:title') || title),
    description: plain(first('og:description', 'description', 'twitter:description')),
    site: plain(first('og:site_name')) || new URL(base).hostname,
    image: image ? resolved(image, base) : null,
    feed,
  };
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('\0', '').trim().slice(0, longest);
}

function resolved(href: string, base: string): string | null {
  const url = URL.parse(href, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
