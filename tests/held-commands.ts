import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

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

/** Waits until the command runs, as long as the test may take. Throws when `working`, which should come to run it, ends without. */
export async function untilHeld(command: string, working: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const vain = new AbortController();
  const end = (cause?: unknown) => vain.abort(new Error(`It came to its end, and nothing ran ${command}.`, { cause }));
  working.then(() => end(), end);
  while ((await held(command)).length === 0) {
    vain.signal.throwIfAborted();
    await delay(50, undefined, { signal });
  }
}

export async function letGo(command: string): Promise<void> {
  for (const pid of await held(command)) process.kill(pid);
}
