import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { DomainError } from '#lib/core/domain-error.ts';
import type { FaceName } from '#lib/core/event.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials, users } from '#lib/db/schema.ts';
import type { Person } from './require-person.ts';
import { hashSecret } from './secret.ts';
import { readSessionCookie } from './session-cookie.ts';

const lastSeenMinutes = 5;
const patienceMs = 5_000;

/** How the request proved who it is: only a cookie travels without the sender's doing, so only a cookie needs the same-origin check. */
export type Session = { actor: Person; method: 'cookie' | 'bearer' };

/**
 * Who sends these headers: `Authorization: Bearer` when there is one, else the session cookie. Null when the secret is missing, malformed,
 * forged, expired or revoked. Whatever was sent, the work is the same: one hash and one indexed look-up.
 */
export async function authenticate({ database }: { database: Database }, headers: Headers): Promise<Session | null> {
  const authorization = headers.get('authorization');
  const method = authorization === null ? 'cookie' : 'bearer';
  const secret = authorization === null ? readSessionCookie(headers.get('cookie')) : (/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? null);
  const now = new Date();
  const look = database.db
    .select({
      id: credentials.id,
      userId: credentials.userId,
      lastSeenAt: credentials.lastSeenAt,
      workspaceId: users.workspaceId,
      role: users.role,
    })
    .from(credentials)
    .innerJoin(users, eq(users.id, credentials.userId))
    .where(
      and(
        eq(credentials.secretHash, hashSecret(secret ?? '')),
        eq(credentials.kind, method === 'cookie' ? 'device' : 'token'),
        isNull(credentials.revokedAt),
        isNull(users.removedAt),
        or(isNull(credentials.expiresAt), gt(credentials.expiresAt, now)),
      ),
    );
  const [found] = await withPatience(look);
  if (!found || !secret) return null;
  if (now.getTime() - (found.lastSeenAt?.getTime() ?? 0) > lastSeenMinutes * 60_000) await touch(database, found.id, now);
  const { id: credentialId, userId, workspaceId, role } = found;
  return { actor: { kind: 'person', userId, workspaceId, role, via: faceOf(method, headers), credentialId }, method };
}

/** A database that hangs breaks no connection: who stands at the door is told so instead of waiting with it. */
async function withPatience<Result>(look: PromiseLike<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const error = new DomainError('unavailable', 'The database does not answer. Try again in a moment.');
  const timer = setTimeout(() => late.reject(error), patienceMs);
  try {
    return await Promise.race([look, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A bearer token says which face it serves, for the timeline only; a browser cannot pass for another face. */
function faceOf(method: Session['method'], headers: Headers): FaceName {
  if (method === 'cookie') return 'pwa';
  return headers.get('choir-face') === 'cli' ? 'cli' : 'api';
}

async function touch(database: Database, credentialId: string, now: Date): Promise<void> {
  await database.db.update(credentials).set({ lastSeenAt: now }).where(eq(credentials.id, credentialId));
}
