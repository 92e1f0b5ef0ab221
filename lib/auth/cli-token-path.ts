import { join } from 'node:path';

/** Where the token of the CLI on this machine lies: its own file, so that the CLI reads it without opening a database. */
export function cliTokenPath(root: string): string {
  return join(root, 'cli-token');
}
