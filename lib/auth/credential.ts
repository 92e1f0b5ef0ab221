import { z } from 'zod';
import type { credentials } from '#lib/db/schema.ts';
import type { Person } from './require-person.ts';

/** A signed-in device or an API token as its owner sees it: never the secret. `current` marks the one that asks. */
export const Credential = z.object({
  id: z.string(),
  kind: z.enum(['device', 'token']),
  name: z.string(),
  userId: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable().describe('null for a token that was never used'),
  expiresAt: z.iso.datetime().nullable(),
  current: z.boolean(),
});
export type Credential = z.infer<typeof Credential>;

/** A device or a token as its owner sees it, without its secret. `current`: the one that asks. */
export function describeCredential(row: typeof credentials.$inferSelect, actor: Person): Credential {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    userId: row.userId,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    current: row.id === actor.credentialId,
  };
}
