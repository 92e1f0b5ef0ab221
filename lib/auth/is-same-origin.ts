/**
 * Whether a browser sent this request from a page of Choir itself: the check that a cookie alone cannot give. `Sec-Fetch-Site` cannot be
 * set by a page's script; browsers without it send `Origin` with every unsafe request and every WebSocket. Neither: refused.
 */
export function isSameOrigin(headers: Headers, publicUrl?: string): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  if (origin === null) return site === 'same-origin';
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === headers.get('host') || (publicUrl !== undefined && new URL(publicUrl).origin === origin);
}
