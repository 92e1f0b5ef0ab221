import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Asks V8 to compile all of a script at once, which it does beside the page while the script arrives. Other engines take it for the comment that it is. */
export const compileHint = '//# allFunctionsCalledOnLoad\n';

/** Larger ones are libraries of which a page that loads them uses a part: diagrams and their like. */
const mostBytes = 250_000;

/**
 * Puts the hint in front of the built scripts in the folder `chunks`. Without it V8 compiles each function as it is first called, in the way of the
 * page: a third of what the main thread did while a page opened. What blocked it, by its own time at a quarter of the speed, came down from
 * 165-195 ms to 40-50 ms on the inbox, a thread and its changes; the work of all threads together stayed the same.
 */
export async function hintScripts(chunks: string): Promise<void> {
  for (const name of await readdir(chunks)) {
    if (!name.endsWith('.js')) continue;
    const path = join(chunks, name);
    const script = await readFile(path, 'utf8');
    if (script.length <= mostBytes && !script.startsWith(compileHint)) await writeFile(path, compileHint + script);
  }
}
