import { posix } from 'node:path';
import type { ScriptView } from '../shell/read-script.ts';
import type { SimpleCommand } from '../shell/simple-command.ts';
import { shells } from '../shell/unwrap-shell.ts';

const interpreters =
  /^(python[\d.]*|pypy[\d.]*|node|nodejs|deno|bun|tsx|ts-node|perl|ruby|php|lua(jit)?|julia|R|Rscript|groovy|osascript|tclsh|guile|racket|sbcl|clojure|clj|elixir|iex|erl|escript|ghci?|runghc|ocaml|scala|kotlin|swift|dart|jshell|xonsh|rake|sqlite3|psql|mysql)$/;

/** Programs that hand words to another machine, or to a container. */
const elsewhere = /^(ssh|docker|podman|nerdctl|kubectl|vagrant|lxc)$/;

/** Folders that programs of the machine lie in. */
const programFolders = /^\/(usr\/(local\/)?)?s?bin\/$/;

/**
 * Whether the script starts commands that stand elsewhere than in it: in a program of another language, in a file of commands, on another machine. Its own words may be
 * of no rule, theirs may.
 */
export function startsUnread({ commands, loads }: ScriptView): boolean {
  return loads || commands.some((command) => isUnread(command));
}

function isUnread(command: SimpleCommand): boolean {
  const { name, args, folder } = command;
  if (name === null) return false;
  if (folder !== '' && !programFolders.test(posix.normalize(folder))) return true;
  if (name === 'source' || name === '.' || elsewhere.test(name)) return true;
  return (shells.has(name) && readsFile(command)) || (interpreters.test(name) && embeds(args));
}

/** A shell without commands in its words. */
function readsFile({ args }: SimpleCommand): boolean {
  return !args.some(({ text }) => /^-[a-z]*c|^--(init-)?command/i.test(text));
}

/** A program of another language in the words of its interpreter, or on its input. */
function embeds(args: SimpleCommand['args']): boolean {
  const operands = args.filter(({ text }) => text !== '-' && !text.startsWith('-'));
  return operands.length === 0 || args.some(({ text }) => /^-[a-zA-Z]*[ceErRp]|^--?(eval|print|exec)|^eval$/.test(text));
}
