import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Program, SessionImpossible } from '../sandbox.ts';

const driver = { outside: fileURLToPath(new URL('./terminal.mjs', import.meta.url)), inside: '/run/terminal.mjs' };
const packaged = '/opt/tmux';
const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/**
 * A program in a terminal inside the sandbox: bubblewrap's arguments, its argv and variables. `tmux` is the host's; one that lies outside of
 * /usr is in a folder of its own package, with its libraries.
 */
export function terminalProgram(
  { argv, terminal }: Program,
  tmux: string | null,
): { view: string[]; argv: string[]; env: Record<string, string> } {
  if (!terminal) return { view: [], argv, env: {} };
  if (!tmux) throw new SessionImpossible('This program needs a terminal, and tmux is not there: install the package "tmux".');
  const isShown = realpathSync(tmux).startsWith('/usr/');
  const own = isShown ? [] : ['--ro-bind', dirname(dirname(tmux)), packaged];
  const size = [terminal.columns, terminal.rows].map(String);
  return {
    view: ['--ro-bind', driver.outside, driver.inside, ...own],
    argv: ['node', driver.inside, isShown ? 'tmux' : `${packaged}/bin/tmux`, ...size, '--', ...argv],
    env: { TERM: 'screen-256color', ...(isShown ? {} : { LD_LIBRARY_PATH: `${packaged}/lib/${triplet}` }) },
  };
}
