import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { installationSecret } from '#lib/auth/installation-secret.ts';
import type { ChoirHome } from '#lib/home.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts a value for the database. `place` names where it lies: it opens nowhere else. */
export function seal(home: ChoirHome, place: string, value: unknown): Buffer {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, keyOf(home), nonce).setAAD(Buffer.from(place));
  const text = Buffer.concat([sealing.update(JSON.stringify(value)), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), text]);
}

/** What was sealed there, or null when it is not this installation's. */
export function unseal<Schema extends z.ZodType>(home: ChoirHome, place: string, sealed: Buffer, schema: Schema): z.output<Schema> | null {
  const at = nonceBytes + tagBytes;
  const opening = createDecipheriv(cipher, keyOf(home), sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  opening.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(nonceBytes, at));
  try {
    const text = Buffer.concat([opening.update(sealed.subarray(at)), opening.final()]).toString();
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function keyOf(home: ChoirHome): Buffer {
  return installationSecret(home, 'mcp-secret', 'people sign in to their MCP servers again, and set the headers of others anew');
}
