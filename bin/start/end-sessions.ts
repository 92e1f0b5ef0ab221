import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '#bin/services/wait-until.ts';
import type { ChoirHome } from '#lib/home.ts';

/**
 * Ends the programs that live in sandboxes of this data folder, when no worker is left to do it: a relay outlives its worker, and its program
 * dies with it. Returns how many there were.
 */
export async function endSessions(home: ChoirHome): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const relays = processes().filter(({ words }) => isRelay(words, home));
  for (const { pid } of relays) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
  }
  const marks = relays.map(({ words }) => words.at(-2) ?? '');
  const gone = () => processes().every(({ words }) => !words.some((word) => marks.includes(word)));
  await waitUntil(gone, { what: 'a program in a sandbox did not end', timeoutMs: 8_000 });
  return relays.length;
}

/** Its last words are the mark of its sandbox and the transaction's folder: see workers/sandbox/relay/start-relay.ts. */
function isRelay(words: string[], home: ChoirHome): boolean {
  const [program = '', , folder = ''] = words.slice(-3);
  return program.endsWith('/workers/sandbox/relay/relay.ts') && folder.startsWith(join(home.root, 'threads', '/'));
}

function processes(): { pid: number; words: string[] }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), words: commandLine(name) }));
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}
