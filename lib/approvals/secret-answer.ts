import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChoirHome } from '#lib/home.ts';

/** What stands in the thread for words that only a terminal may hear. */
export const hiddenWords = '••••••';

const keptMs = 3_600_000;

/** Whose answer to which question. */
type Answered = { approvalId: string; userId: string };

/** Lays a password aside, in the installation's own folder, until it is typed: at most for an hour, and in no event. */
export function keepSecretAnswer(home: ChoirHome, answered: Answered, words: string): void {
  sweepSecretAnswers(home);
  writeFileSync(pathOf(home, answered), words, { mode: 0o600 });
}

/** Null when it was typed already, or nobody came to type it in time. */
export function readSecretAnswer(home: ChoirHome, answered: Answered): string | null {
  const path = pathOf(home, answered);
  try {
    return isOld(path) ? null : readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Once the question has come to its end, whoever answered it. */
export function forgetSecretAnswers(home: ChoirHome, approvalId: string): void {
  const folder = folderOf(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  dropWhere(folder, (name) => name.startsWith(`${approvalId}.`) || isOld(join(folder, name)));
}

/** What nobody came to type in time goes. */
export function sweepSecretAnswers(home: ChoirHome): void {
  const folder = folderOf(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  dropWhere(folder, (name) => isOld(join(folder, name)));
}

function folderOf(home: ChoirHome): string {
  return join(home.run, 'answers');
}

function pathOf(home: ChoirHome, { approvalId, userId }: Answered): string {
  return join(folderOf(home), `${approvalId}.${userId}`);
}

function isOld(path: string): boolean {
  const { mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > keptMs;
}

function dropWhere(folder: string, isOver: (name: string) => boolean): void {
  for (const name of readdirSync(folder)) if (isOver(name)) rmSync(join(folder, name), { force: true });
}
