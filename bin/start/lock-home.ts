import { linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readLivingProcess, writeProcessRecord } from '#bin/services/process-record.ts';
import type { ChoirHome } from '#lib/home.ts';
import { errorCode, StartProblem } from './problem.ts';

/**
 * Makes this process the only supervisor of the data folder; the lock ends with the process, however it ends.
 * `about` tells a second start where the first one listens. Returns the release. Throws when another supervisor lives.
 */
export function lockHome(home: ChoirHome, about: string): () => void {
  const lock = join(home.run, 'start.lock');
  const mine = `${lock}.${process.pid}`;
  writeProcessRecord(mine, process.pid, { about });
  try {
    if (!tryLink(mine, lock)) {
      refuseIfHeld(home, lock);
      setAside(home, lock);
      if (!tryLink(mine, lock)) refuseIfHeld(home, lock);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (readLivingProcess(lock)?.pid === process.pid) rmSync(lock, { force: true });
  };
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function refuseIfHeld(home: ChoirHome, lock: string): void {
  const holder = readLivingProcess(lock);
  if (!holder) return;
  throw new StartProblem(
    `Choir is running already on ${home.root}: process ${holder.pid}, ${holder.about}. Stop it first (kill ${holder.pid}), or set CHOIR_HOME and PORT for a second one.`,
  );
}

/** Two starters may see the same stale lock: the rename lets one of them have it, and a lock that turns out to be fresh is put back. */
function setAside(home: ChoirHome, lock: string): void {
  const stale = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, stale);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (readLivingProcess(stale)) {
    tryLink(stale, lock);
    rmSync(stale, { force: true });
    refuseIfHeld(home, lock);
  }
  rmSync(stale, { force: true });
}
