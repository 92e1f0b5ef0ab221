import { createHmac } from 'node:crypto';
import type { ChoirHome } from '#lib/home.ts';
import { installationSecret } from './installation-secret.ts';
import { newSecret, type SecretKind } from './secret.ts';

type Asked = { by: string; for: string; requestId: string | undefined };

/**
 * The secret that a request makes, by ids of who asks and whom it is for. The same request again makes the same one: who heard no answer is told it
 * after all, though only its hash is kept. Whoever knows no more than the request cannot make it.
 */
export function secretFor(home: ChoirHome, kind: SecretKind, asked: Asked): string {
  if (asked.requestId === undefined) return newSecret(kind);
  const key = installationSecret(home, 'request-secret', 'what was asked for and not answered must be asked for anew');
  const request = JSON.stringify([kind, asked.by, asked.for, asked.requestId]);
  return `choir_${kind}_${createHmac('sha256', key).update(request).digest('base64url')}`;
}
