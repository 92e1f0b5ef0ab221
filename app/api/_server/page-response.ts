const types: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  htm: 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webm: 'video/webm',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/**
 * A file of a page that somebody hostile may have written. Wherever it is opened it has an origin of its own, without cookies; it reaches what lies
 * under `folder` (an absolute address that ends with a slash) and nothing else, and no frame but Choir's own may hold it.
 */
export function pageResponse(bytes: Buffer, { path, folder, scripts }: { path: string; folder: string; scripts: boolean }): Response {
  const policy = [
    `sandbox${scripts ? ' allow-scripts' : ''}`,
    "default-src 'none'",
    ...(scripts ? [`script-src ${folder} 'unsafe-inline' 'unsafe-eval'`, `connect-src ${folder}`, `worker-src 'none'`] : []),
    `style-src ${folder} 'unsafe-inline'`,
    `img-src ${folder} data: blob:`,
    `font-src ${folder} data:`,
    `media-src ${folder} data: blob:`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${new URL(folder).origin}`,
  ].join('; ');
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': types[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream',
      'content-security-policy': policy,
      // Says no to WebRTC too, which a policy of contents cannot. Chromium keeps it; the others do not know it.
      'connection-allowlist': `("${folder}*")`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-dns-prefetch-control': 'off',
      // Its own origin is opaque: without these two it could not load its own modules and pictures.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, no-store',
    },
  });
}
