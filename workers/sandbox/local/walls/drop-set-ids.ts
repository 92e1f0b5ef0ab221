import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment } from './child-environment.ts';

const search = '-perm /6000 ( -type f -o -type d ) -execdir chmod ug-s -- {} +'.split(' ');

/**
 * Takes the set-id bits off everything below a folder (absolute): on the host a program of an agent must run as nobody but its caller.
 * `find` also reaches what lies deeper than one path can say.
 */
export async function dropSetIds(folder: string): Promise<void> {
  const env = childEnvironment({ PATH: '/usr/bin:/bin', LC_ALL: 'C' });
  // Ends with 1 where nobody may look: neither can anyone run what lies there.
  await promisify(execFile)('find', ['-P', folder, ...search], { env }).catch((error: { code?: unknown }) => {
    if (error.code !== 1) throw error;
  });
}
