import type { Inner } from './inner.ts';
import { operandStarts, optionKinds, optionValues } from './options.ts';
import type { Argument, SimpleCommand } from './simple-command.ts';
import { unseen } from './unwrap-shell.ts';

const gitOption = optionKinds(
  '-C -c --git-dir --work-tree --namespace --config-env --super-prefix',
  '-p -P -v -h --paginate --no-pager --bare --no-replace-objects --literal-pathspecs --no-optional-locks --no-lazy-fetch --no-advice --version --help',
);

/** One way to read a git command behind git's own options. */
export type GitReading = { subcommand: Argument; args: Argument[] };

/** A git command; several readings where an option may or may not take the next word. `configured`: options that can give any word a meaning. */
export function readGit({ args }: SimpleCommand): { readings: GitReading[]; configured: boolean } {
  const starts = operandStarts(args, gitOption);
  const readings = starts.flatMap((start) => {
    const subcommand = args[start];
    return subcommand ? [{ subcommand, args: args.slice(start + 1) }] : [];
  });
  const own = args.slice(0, Math.max(0, ...starts));
  return { readings, configured: own.some(({ text }) => /^(-c|--config-env|--exec-path)/.test(text)) };
}

/** Settings that start nothing and name no other file of settings. */
const plainSetting =
  /^(user|init|color|pull|push|branch|advice|commit|rebase|status|log|format|column|rerere|safe)\.|^core\.(autocrlf|eol|filemode|quotepath|ignorecase|safecrlf|longpaths|abbrev|symlinks|whitespace)$|^merge\.(ff|conflictstyle)$|^fetch\.(prune|prunetags)$/i;

/** What a git command starts in its turn: what `bisect run` names, and whatever a setting makes of later commands. */
export function unwrapGit(command: SimpleCommand): Inner {
  const { readings } = readGit(command);
  const commands = readings.flatMap(({ subcommand, args }) => startedBy(subcommand.text, args));
  const values = readings.flatMap(({ subcommand, args }) => optionValues(args, ...valuedOptions(subcommand.text)));
  const joined = commands.map((words) => words.map(({ text }) => text).join(' '));
  const scripts = [...joined, ...values.map(({ text }) => text), ...settings(command.args)];
  const sets = readings.some(({ subcommand, args }) => subcommand.text === 'config' && setsMore(args));
  return { commands, scripts, opaque: sets ? 'it changes what git does later' : unseen(values) };
}

/** Subcommands that start the words behind one of theirs. */
function startedBy(subcommand: string, args: Argument[]): Argument[][] {
  const word = { bisect: 'run', submodule: 'foreach' }[subcommand];
  const at = word === undefined ? -1 : args.findIndex(({ text }) => text === word);
  return at < 0 ? [] : [args.slice(at + 1)].filter((words) => words.length > 0);
}

/** Options of subcommands whose value git hands to a shell: one letter each, and long ones. */
const commandOptions: Readonly<Record<string, [letters: string, long: string[]]>> = {
  archive: ['', ['--exec']],
  clone: ['u', ['--upload-pack']],
  difftool: ['x', ['--extcmd']],
  fetch: ['', ['--upload-pack']],
  'fetch-pack': ['', ['--upload-pack', '--exec']],
  grep: ['O', ['--open-files-in-pager']],
  'ls-remote': ['', ['--upload-pack', '--exec']],
  pull: ['', ['--upload-pack']],
  push: ['', ['--receive-pack', '--exec']],
  'send-email': ['', ['--smtp-server', '--to-cmd', '--cc-cmd', '--sendmail-cmd']],
};

function valuedOptions(subcommand: string): [letters: string, long: string[]] {
  return (Object.hasOwn(commandOptions, subcommand) && commandOptions[subcommand]) || ['', []];
}

/** Commands in settings that hold for this one command: `-c core.pager=...`, `-c alias.x=!...`. */
function settings(args: Argument[]): string[] {
  const commandIn = /^(?:-c)?\w[\w-]*\.[^=]*=(!?)(.+)$/s;
  return args.flatMap(({ text }, index) => {
    const match = text.startsWith('-c') || args[index - 1]?.text === '-c' ? commandIn.exec(text) : null;
    if (!match?.[2]) return [];
    return match[1] === '' && /^(?:-c)?alias\./.test(text) ? [`git ${match[2]}`] : [match[2]];
  });
}

function setsMore(args: Argument[]): boolean {
  if (args.some(({ text }) => /^(--get|--list$|-l$)/.test(text)) || /^(get|list)$/.test(args[0]?.text ?? '')) return false;
  const own = args[0]?.text === 'set' ? args.slice(1) : args;
  return operandStarts(own, optionKinds('-f --file --type', '')).some((start) => {
    const key = own[start];
    return own[start + 1] !== undefined && key?.text.includes('.') && !plainSetting.test(key.text);
  });
}

/** git and the GNU tools take any unambiguous beginning of a long option. */
export function hasLongOption(args: Argument[], option: string): boolean {
  return args.some(({ text }) => {
    const given = text.split('=')[0] ?? '';
    return given.length > 2 && given.startsWith('--') && option.startsWith(given);
  });
}
