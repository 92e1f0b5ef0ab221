import { createHmac, timingSafeEqual } from 'node:crypto';
import { installationSecret } from '#lib/auth/installation-secret.ts';
import type { ChoirHome } from '#lib/home.ts';

export type RunRef = { threadId: string; runId: string };

const prefix = 'choir_run';

/** Stands for every provider's key inside a sandbox. Says which run spends; whether that run may still do so is checked at each call. */
export function signRunToken(secret: Buffer, { threadId, runId }: RunRef): string {
  const claim = `${prefix}.${threadId}.${runId}`;
  return `${claim}.${signature(secret, claim)}`;
}

/** The run that a token was signed for, or null for anything else. */
export function readRunToken(secret: Buffer, token: string): RunRef | null {
  const [, threadId, runId, signed] = /^choir_run\.(th_\w+)\.(ru_\w+)\.([\w-]+)$/.exec(token) ?? [];
  if (!threadId || !runId || !signed) return null;
  const expected = Buffer.from(signature(secret, `${prefix}.${threadId}.${runId}`));
  const given = Buffer.from(signed);
  return given.length === expected.length && timingSafeEqual(given, expected) ? { threadId, runId } : null;
}

function signature(secret: Buffer, claim: string): string {
  return createHmac('sha256', secret).update(claim).digest('base64url');
}

/** The installation's signing secret. */
export function runTokenSecret(home: ChoirHome): Buffer {
  return installationSecret(home, 'gateway-secret', 'runs that are under way lose their models');
}
