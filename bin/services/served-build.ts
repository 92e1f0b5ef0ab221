import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessRecord, readLivingProcess, writeProcessRecord } from './process-record.ts';

/** Says that this process serves the build of the checkout `root`, for as long as it lives. `about` tells it from others. */
export function noteServer(root: string, about: string): void {
  mkdirSync(folderOf(root), { recursive: true });
  writeProcessRecord(join(folderOf(root), String(process.pid)), process.pid, { about });
}

/** A living server of the build of `root`: what it has not read yet is gone once another build takes its place. */
export function findServer(root: string): ProcessRecord | undefined {
  const folder = folderOf(root);
  for (const pid of listed(folder)) {
    const server = readLivingProcess(join(folder, pid));
    if (server) return server;
    rmSync(join(folder, pid), { force: true });
  }
}

function folderOf(root: string): string {
  return join(root, '.next', 'served-by');
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
