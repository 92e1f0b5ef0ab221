import { mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChoirHome, socketPathProblem } from '#lib/home.ts';
import { errorCode, StartProblem } from './problem.ts';

/** Raised when a newer Choir arranges CHOIR_HOME in a way that this one could not read. */
const layoutVersion = 1;
const neededBytes = 500 * 1024 * 1024;

/** Makes the data folder ready, or throws the one sentence that says why it cannot be used. */
export function prepareHome(home: ChoirHome): void {
  const problem = socketPathProblem(home.gatewaySocket);
  if (problem) throw new StartProblem(problem);
  try {
    for (const folder of [home.root, home.run, home.logs, home.tools]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = join(home.run, `.probe-${process.pid}`);
    writeFileSync(probe, 'writable?', { flush: true });
    rmSync(probe);
  } catch (error) {
    throw new StartProblem(explain(home.root, error));
  }
  const { bavail, bsize } = statfsSync(home.root);
  if (bavail * bsize < neededBytes)
    throw new StartProblem(
      `The disk of ${home.root} is nearly full: ${toMegabytes(bavail * bsize)} MB are free and Choir needs ${toMegabytes(neededBytes)}. Make room, or set CHOIR_HOME to a folder on another disk.`,
    );
  checkLayout(join(home.root, 'layout.json'));
}

function toMegabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}

function explain(root: string, error: unknown): string {
  const elsewhere = 'or set CHOIR_HOME to another folder';
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return `The data folder ${root} cannot be written by this user. Give it to the user that starts Choir, ${elsewhere}.`;
    case 'EROFS':
      return `The data folder ${root} lies on a read-only disk. Make it writable, ${elsewhere}.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk of ${root} is full. Make room, ${elsewhere}.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `The data folder ${root} is in the way of a file with the same name. Move that file, ${elsewhere}.`;
    default:
      return `The data folder ${root} cannot be used (${error instanceof Error ? error.message : error}). Repair it, ${elsewhere}.`;
  }
}

function checkLayout(path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw new StartProblem(`${path} cannot be read. Repair its permissions.`);
    writeFileSync(`${path}.new`, JSON.stringify({ layout: layoutVersion }), { flush: true });
    renameSync(`${path}.new`, path);
    return;
  }
  const layout = readLayout(text);
  if (layout === undefined)
    throw new StartProblem(`${path} is damaged. Restore it from a backup, or write {"layout":${layoutVersion}} into it.`);
  if (layout > layoutVersion)
    throw new StartProblem(
      `The data folder was made by a newer Choir (layout ${layout}; this one knows ${layoutVersion}). Update Choir first.`,
    );
}

function readLayout(text: string): number | undefined {
  try {
    const { layout } = JSON.parse(text);
    return typeof layout === 'number' ? layout : undefined;
  } catch {
    return undefined;
  }
}
