import type { Argument, SimpleCommand } from './simple-command.ts';

const valuedOptions = ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path', '--config-env', '--super-prefix'];

/** The subcommand of a git command and its arguments, behind git's own options. `configured`: options that can give any word a meaning. */
export function readGit(command: SimpleCommand): { subcommand: Argument | undefined; args: Argument[]; configured: boolean } {
  let index = 0;
  let configured = false;
  for (; index < command.args.length; index += 1) {
    const word = command.args[index];
    if (!word?.text.startsWith('-')) break;
    if (/^(-c|--config-env|--exec-path)/.test(word.text)) configured = true;
    if (valuedOptions.includes(word.text)) index += 1;
  }
  return { subcommand: command.args[index], args: command.args.slice(index + 1), configured };
}

/** git and the GNU tools take any unambiguous beginning of a long option. */
export function hasLongOption(args: Argument[], option: string): boolean {
  return args.some(({ text }) => {
    const given = text.split('=')[0] ?? '';
    return given.length > 2 && given.startsWith('--') && option.startsWith(given);
  });
}
