import { createHash, randomBytes } from 'node:crypto';

export type SecretKind = 'link' | 'device' | 'token' | 'telegram';

/** 256 random bits in base64url behind a prefix that secret scanners and people recognize, such as `choir_token_...`. Shown once, never stored. */
export function newSecret(kind: SecretKind): string {
  return `choir_${kind}_${randomBytes(32).toString('base64url')}`;
}

/** The only form in which a secret is kept: with 256 random bits a plain SHA-256 cannot be reversed, and looking it up leaks nothing. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
