import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The installation's signing secret, made by whoever asks first: the link lets one of several makers win, and shows no half of a file. */
export function runTokenSecret(home: ChoirHome): Buffer {
  const path = join(home.root, 'gateway-secret');
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const present = readSecret(path);
  if (present) return present;
  mkdirSync(home.root, { recursive: true, mode: 0o700 });
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  const made = readSecret(path);
  if (!made) throw new Error(`${path} cannot be read.`);
  return made;
}

function readSecret(path: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const secret = Buffer.from(text.trim(), 'base64url');
  if (secret.length < 32) throw new Error(`${path} is damaged. Remove it and start again: runs that are under way lose their models.`);
  return secret;
}
