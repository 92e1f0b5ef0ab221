import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { waitUntil } from '#bin/services/wait-until.ts';

/**
 * A command that runs until a test ends it, known on the whole machine by its number. Claude Code starts no `sleep`; OpenCode never hears
 * that a command was killed which was all there was to its shell.
 */
export const hold = () => `tail -f /dev/null -s ${randomInt(1e9)}`;

/** Ids of the processes of this machine whose command line holds the words. */
export async function programsIn(words: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, index) => lines[index]?.includes(words)).map(Number);
}

const held = (command: string) => programsIn(command.replaceAll(' ', '\0'));

export async function untilHeld(command: string): Promise<void> {
  const isHeld = async () => (await held(command)).length > 0;
  await waitUntil(isHeld, { what: `nothing runs ${command}`, timeoutMs: 90_000, everyMs: 50 });
}

export async function letGo(command: string): Promise<void> {
  for (const pid of await held(command)) process.kill(pid);
}
