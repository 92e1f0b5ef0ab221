import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { dirname } from 'node:path';
import { socketPathProblem } from '#lib/home.ts';

/** Listens on a unix socket that only this user reaches; one that a killed process left is removed. Throws when somebody still answers there. */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  const problem = socketPathProblem(path);
  if (problem) throw new Error(problem);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  chmodSync(dirname(path), 0o700);
  await requireFreeSocket(path);
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Throws when somebody answers there. */
export async function requireFreeSocket(path: string): Promise<void> {
  if (await answers(path)) throw new Error(`Another model gateway listens on ${path}. Stop it first.`);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
