import { type Inner, nothing } from './inner.ts';
import { operandStarts, optionKinds } from './options.ts';
import type { Argument, SimpleCommand } from './simple-command.ts';

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
  const commands = readings.flatMap(({ subcommand, args }) =>
    subcommand.text === 'bisect' && args[0]?.text === 'run' ? [args.slice(1)] : [],
  );
  const sets = readings.some(({ subcommand, args }) => subcommand.text === 'config' && setsMore(args));
  return sets ? { ...nothing, commands, opaque: 'it changes what git does later' } : { ...nothing, commands };
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
