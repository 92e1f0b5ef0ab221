import type { ToolCall, ToolName } from '#lib/core/tool.ts';
import type { Command, ExecResult, Limits, NetworkAccess, OutputListener, Transaction } from '../sandbox/sandbox.ts';

export type ToolInput = {
  call: ToolCall;
  transaction: Transaction;
  signal: AbortSignal;
  network: NetworkAccess;
  onOutput?: OutputListener;
  onContact?: (host: string) => void;
  limits?: Partial<Limits>;
};

export type ArgsOf<Name extends ToolName> = Extract<ToolCall, { tool: Name }>['args'];

/** A tool's arguments, and the place where it works. */
export type Tool<Name extends ToolName> = (args: ArgsOf<Name>, input: ToolInput) => Promise<ExecResult>;

/** A call that cannot be carried out as it is asked; the message is for the agent and the person. */
export class ToolRefusal extends Error {}

/** A path of an agent, as the tools use it: relative to the tree, no empty or dot parts, '.' for the tree itself. */
export function treePath(path: string): string {
  if (path.includes('\0')) throw new ToolRefusal('A path holds a NUL character.');
  if (path.startsWith('/') || path.startsWith('~'))
    throw new ToolRefusal(`${shown(path)} is not in the project: paths are relative to its root.`);
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new ToolRefusal(`${shown(path)} climbs with "..": name the path from the project's root.`);
  if (parts.some((part) => Buffer.byteLength(part) > 255) || Buffer.byteLength(path) > 4000)
    throw new ToolRefusal(`${shown(path)} is too long for a path.`);
  return parts.join('/') || '.';
}

export function namedPath(path: string): string {
  const clean = treePath(path);
  if (clean === '.') throw new ToolRefusal('This needs a path inside the project, not the project itself.');
  return clean;
}

export function shown(path: string): string {
  return JSON.stringify(path.length > 120 ? `${path.slice(0, 100)}...` : path);
}

/** `fail` says why; `within` refuses a path that a link leads out of the tree, `beside` lets the last part itself be such a link. */
const preamble = `root=$(pwd -P)
fail() { printf '%s\\n' "$1" >&2; exit 1; }
within() {
  place=./$1
  while [ ! -e "$place" ] && [ ! -L "$place" ]; do place=\${place%/*}; done
  case $(readlink -f -- "$place")/ in "$root"/*) ;; *) fail "$1 leads out of the project." ;; esac
}
beside() { case $1 in */*) within "\${1%/*}" ;; esac; }
there() { [ -e "./$1" ] || [ -L "./$1" ] || fail "There is no $1."; }
`;

/** Runs a POSIX shell script in the tree; `words` are its $1, $2 ... and are never read as code. */
export function runScript(
  input: ToolInput,
  script: string,
  words: string[],
  more: Pick<Command, 'stdin'> & { outputBytes?: number; quiet?: boolean } = {},
): Promise<ExecResult> {
  const { transaction, signal, onOutput } = input;
  const limits = { ...input.limits, ...(more.outputBytes ? { outputBytes: more.outputBytes } : {}) };
  return transaction.exec(
    { argv: ['sh', '-c', preamble + script, 'sh', ...words], cwd: '.', stdin: more.stdin, network: { mode: 'deny' }, limits },
    { signal, onOutput: more.quiet ? undefined : onOutput },
  );
}

export function quoteWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
