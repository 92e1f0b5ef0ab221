import { type Inner, nothing } from './inner.ts';
import { operandStarts, optionKinds, optionValues } from './options.ts';
import { type Argument, argument } from './simple-command.ts';
import { unseen } from './unwrap-shell.ts';

/** Programs one of whose subcommands starts the words behind it: the subcommands, options of theirs, words of their own before the program. */
type Runner = { subcommands: string; valued?: string; flags?: string; operands?: number[] };

const yes = '-y --yes --no -q --quiet --silent';
const runners: Readonly<Record<string, Runner>> = {
  poetry: { subcommands: 'run', flags: '-q -v -n' },
  pipenv: { subcommands: 'run' },
  pdm: { subcommands: 'run', valued: '-p --project', flags: '-s' },
  hatch: { subcommands: 'run', operands: [0] },
  rye: { subcommands: 'run' },
  pipx: { subcommands: 'run', valued: '--spec --python --index-url' },
  pixi: { subcommands: 'run' },
  uv: {
    subcommands: 'run x',
    valued: '--with --with-requirements --with-editable --python -p --extra --group --env-file --directory --project',
    flags: '--no-project --isolated --frozen --locked --no-sync --offline --all-extras -q -v',
  },
  conda: { subcommands: 'run', valued: '-n -p --name --prefix --cwd' },
  mamba: { subcommands: 'run', valued: '-n -p --name --prefix --cwd' },
  micromamba: { subcommands: 'run', valued: '-n -p --name --prefix --cwd' },
  bundle: { subcommands: 'exec' },
  npm: { subcommands: 'exec x', valued: '-p --package -w --workspace', flags: yes },
  pnpm: { subcommands: 'exec dlx', valued: '--package --filter -F -C', flags: `${yes} -r -w` },
  yarn: { subcommands: 'exec dlx', valued: '-p --package', flags: yes },
  bun: { subcommands: 'x', flags: '--bun' },
  cmake: { subcommands: 'env time chdir', flags: '-E', operands: [0, 1, 2, 3] },
  perf: { subcommands: 'stat record trace mem c2c kvm' },
  rr: { subcommands: 'record' },
  xdotool: { subcommands: 'exec' },
  direnv: { subcommands: 'exec', operands: [1] },
  mise: { subcommands: 'exec x', operands: [0, 1] },
  asdf: { subcommands: 'exec' },
  rbenv: { subcommands: 'exec' },
  pyenv: { subcommands: 'exec' },
  nodenv: { subcommands: 'exec' },
  volta: { subcommands: 'run', valued: '--node --npm --pnpm --yarn' },
  fnm: { subcommands: 'exec', valued: '--using' },
  nvm: { subcommands: 'exec', operands: [0, 1] },
  dotenvx: { subcommands: 'run', valued: '-f -e' },
  doppler: { subcommands: 'run', valued: '-p -c' },
  op: { subcommands: 'run', valued: '--env-file' },
  sops: { subcommands: 'exec-env', operands: [1] },
};

/** The same without a subcommand. */
const direct: Readonly<Record<string, Runner>> = {
  npx: { subcommands: '', valued: '-p --package -w --workspace', flags: yes },
  bunx: { subcommands: '', flags: '--bun --silent' },
  pnpx: { subcommands: '', valued: '--package' },
  uvx: { subcommands: '', valued: '--from --with --python -p' },
  dotenv: { subcommands: '', valued: '-e -f', operands: [0, 1] },
};

/** What a runner starts, or null when `name` is none or starts nothing here. */
export function unwrapRunner(name: string, args: Argument[]): Inner | null {
  const own = Object.hasOwn(direct, name) ? direct[name] : undefined;
  if (own) return { ...nothing, ...scripts(args), commands: starting(own, args) };
  const runner = Object.hasOwn(runners, name) ? runners[name] : undefined;
  if (!runner) return null;
  const kindOf = optionKinds(runner.valued ?? '', runner.flags ?? '');
  const behind = operandStarts(args, kindOf)
    .filter((start) => runner.subcommands.split(' ').includes(args[start]?.text ?? ''))
    .map((start) => args.slice(start + 1));
  if (behind.length === 0) return null;
  return { ...nothing, ...scripts(args), commands: behind.flatMap((words) => starting(runner, words)) };
}

function starting({ valued = '', flags = '', operands = [0] }: Runner, args: Argument[]): Argument[][] {
  const kindOf = optionKinds(valued, flags);
  const starts = operandStarts(args, kindOf).flatMap((start) => operands.flatMap((own) => operandStarts(args, kindOf, start + own)));
  return [...new Set(starts)].map((start) => args.slice(start)).filter((words) => words.length > 0);
}

/** `npx -c "..."` hands a text to a shell. */
function scripts(args: Argument[]): Pick<Inner, 'scripts' | 'opaque'> {
  const values = optionValues(args, 'c', ['--call', '--shell-mode']);
  return { scripts: values.map((word) => word.text), opaque: unseen(values) };
}

/** `nix develop . -c program ...`, `nix-shell --run "..."`. */
export function unwrapNix(args: Argument[]): Inner {
  const at = args.findIndex(({ text }) => text === '-c' || text === '--command');
  const values = optionValues(args, '', ['--run', '--command']);
  const commands = at < 0 ? [] : [args.slice(at + 1)].filter((words) => words.length > 0);
  return { commands, scripts: values.map((word) => word.text), opaque: unseen(values) };
}

/** make reads rules from its input, or rules and a shell from its words. */
export function unwrapMake(args: Argument[]): Inner {
  const files = optionValues(args, 'f', ['--file', '--makefile']);
  const made = files.some(({ text, known }) => !known || text === '-' || /^\/(dev|proc)\//.test(text));
  const told = args.some(({ text }) => /^(--eval|-E|\.?SHELL(FLAGS)?[:?+]?=|MAKEFLAGS=)/.test(text));
  return made || told ? { ...nothing, opaque: 'make gets rules that are only made when it runs' } : nothing;
}

/** `python -m module` starts what is mostly a program of the same name. */
export function unwrapPython(args: Argument[]): Inner {
  const index = args.findIndex(({ text }) => /^-[a-zA-Z]*m/.test(text));
  const attached = args[index]?.text.replace(/^-[a-zA-Z]*m/, '');
  const scriptFirst = args.slice(0, index).some(({ text }, at) => !text.startsWith('-') && !/^-[WX]$/.test(args[at - 1]?.text ?? ''));
  if (index < 0 || scriptFirst) return nothing;
  const words = attached ? [argument(attached), ...args.slice(index + 1)] : args.slice(index + 1);
  return { ...nothing, commands: words.length > 0 ? [words] : [] };
}
