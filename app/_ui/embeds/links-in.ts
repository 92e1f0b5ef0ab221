const address = /https?:\/\/[^\s<>"'`\])}]+/g;
const most = 3;

/** Web addresses of a text, in its order, each once, without the punctuation that ends a sentence. At most three. */
export function linksIn(text: string): string[] {
  const found = [...text.matchAll(address)].map(([link]) => link.replace(/(?<![.,;:!?*_])[.,;:!?*_]+$/, ''));
  return [...new Set(found)].filter((link) => URL.canParse(link) && new URL(link).hostname.includes('.')).slice(0, most);
}

/** The id of the YouTube video that an address leads to, or null. */
export function youtubeVideo(link: string): string | null {
  const { hostname, pathname, searchParams } = new URL(link);
  const host = hostname.replace(/^(www|m|music)\./, '');
  const id =
    host === 'youtu.be'
      ? pathname.slice(1)
      : host === 'youtube.com' || host === 'youtube-nocookie.com'
        ? (searchParams.get('v') ?? /^\/(?:embed|shorts|live)\/([^/]+)/.exec(pathname)?.[1])
        : null;
  return id && /^[\w-]{6,20}$/.test(id) ? id : null;
}
