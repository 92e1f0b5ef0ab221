import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** The files of one commit, for as long as somebody looks at a page among them. `until`: milliseconds since 1970. */
const PageGrant = z.object({ projectId: z.string(), commit: z.string(), scripts: z.boolean(), until: z.number() });
export type PageGrant = z.infer<typeof PageGrant>;

/** Stands in the address of a page in place of a session: the page's own origin has no cookies. It opens these files and nothing else. */
export function signPageToken(secret: Buffer, grant: PageGrant): string {
  const claim = Buffer.from(JSON.stringify(grant)).toString('base64url');
  return `${claim}.${signature(secret, claim)}`;
}

/** What a token was signed for; null for anything else, and once its time is over. */
export function readPageToken(secret: Buffer, token: string, now: number): PageGrant | null {
  const [claim = '', signed = ''] = token.split('.');
  const expected = Buffer.from(signature(secret, claim));
  const given = Buffer.from(signed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const grant = PageGrant.parse(JSON.parse(Buffer.from(claim, 'base64url').toString()));
  return grant.until > now ? grant : null;
}

function signature(secret: Buffer, claim: string): string {
  return createHmac('sha256', secret).update(`page.${claim}`).digest('base64url');
}
