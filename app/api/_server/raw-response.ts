/** Media that a browser shows without running anything of it. SVG can hold scripts: it is shown because the sandbox below takes them away. */
const shownMedia: Record<string, string> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  webm: 'video/webm',
};
const sniffedBytes = 8_192;

/** No script, no form, no frame, nothing loaded, an origin of its own: what an agent wrote never acts as Choir. */
const sandboxPolicy = "sandbox; default-src 'none'; img-src data:; media-src 'self'; style-src 'unsafe-inline'";

export type RawOptions = { path: string; isText: boolean; download: boolean; range: string | null };

/** Bytes of a file that somebody hostile may have written: text as plain text whatever it calls itself, safe media as such, the rest to save. */
export function rawResponse(bytes: Buffer, { path, isText, download, range }: RawOptions): Response {
  const name = path.split('/').at(-1) ?? 'file';
  const media = isText ? undefined : shownMedia[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  const plain = isText || !bytes.subarray(0, sniffedBytes).includes(0) ? 'text/plain; charset=utf-8' : undefined;
  const headers = new Headers({
    'content-type': media ?? plain ?? 'application/octet-stream',
    'content-disposition': `${download || !(media ?? plain) ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeName(name)}`,
    'content-security-policy': sandboxPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
  });
  const wanted = parseRange(range, bytes.length);
  if (wanted === null) return new Response(new Uint8Array(bytes), { headers });
  if (wanted === 'unsatisfiable') {
    headers.set('content-range', `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set('content-range', `bytes ${wanted.start}-${wanted.end}/${bytes.length}`);
  return new Response(new Uint8Array(bytes.subarray(wanted.start, wanted.end + 1)), { status: 206, headers });
}

/** `end` is inclusive, as in the header. Several ranges and other units are answered with the whole, as the standard allows. */
function parseRange(range: string | null, length: number): { start: number; end: number } | 'unsatisfiable' | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (!from && !to) return null;
  const start = from ? Number(from) : Math.max(0, length - Number(to));
  const end = from && to ? Math.min(Number(to), length - 1) : length - 1;
  return start <= end ? { start, end } : 'unsatisfiable';
}

function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
