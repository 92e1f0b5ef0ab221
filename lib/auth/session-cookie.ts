export const sessionCookieName = 'choir_session';

/** The `Set-Cookie` value that signs a browser in; `secure` when the page was reached over https. */
export function sessionCookie(secret: string, expiresAt: Date, secure: boolean): string {
  const attributes = [`${sessionCookieName}=${secret}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Expires=${expiresAt.toUTCString()}`];
  return [...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}

/** The `Set-Cookie` value that signs a browser out. */
export function clearedSessionCookie(secure: boolean): string {
  return sessionCookie('', new Date(0), secure);
}

/** The session's secret in a `Cookie` header, or null. Of several with the name the first counts, as browsers send the closest first. */
export function readSessionCookie(header: string | null): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === sessionCookieName) return value || null;
  }
  return null;
}
