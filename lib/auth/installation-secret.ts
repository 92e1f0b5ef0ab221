import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChoirHome } from '#lib/home.ts';

/**
 * 32 random bytes of this installation by their file's name, made by whoever asks first: the link lets one of several makers win, and shows no half of
 * a file. `lost`: what is lost when a damaged file is removed.
 */
export function installationSecret(home: ChoirHome, name: string, lost: string): Buffer {
  const path = join(home.root, name);
  const present = readSecret(path, lost);
  if (present) return present;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  mkdirSync(home.root, { recursive: true, mode: 0o700 });
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  const made = readSecret(path, lost);
  if (!made) throw new Error(`${path} cannot be read.`);
  return made;
}

function readSecret(path: string, lost: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const secret = Buffer.from(text.trim(), 'base64url');
  if (secret.length < 32) throw new Error(`${path} is damaged. Remove it and start again: ${lost}.`);
  return secret;
}
