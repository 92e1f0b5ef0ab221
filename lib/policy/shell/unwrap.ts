import { type Argument, argument, type SimpleCommand, unknownArgument } from './simple-command.ts';

/** What a command starts in its turn: other commands as words, scripts as text, and why that cannot be seen in full. */
export type Inner = { commands: Argument[][]; scripts: string[]; opaque?: string };

const nothing: Inner = { commands: [], scripts: [] };
const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'mksh', 'rbash', 'fish']);

/** Programs that start their arguments, with the options of theirs that take a value, and the words of their own before the program. */
const prefixes: Record<string, { valued: string[]; operands?: number }> = {
  command: { valued: [] },
  builtin: { valued: [] },
  exec: { valued: ['-a'] },
  nohup: { valued: [] },
  setsid: { valued: [] },
  time: { valued: ['-f', '-o', '--format', '--output'] },
  nice: { valued: ['-n', '--adjustment'] },
  ionice: { valued: ['-c', '-n', '-p', '--class', '--classdata'] },
  chrt: { valued: ['-T', '-P', '-D'], operands: 1 },
  taskset: { valued: [], operands: 1 },
  stdbuf: { valued: ['-i', '-o', '-e'] },
  timeout: { valued: ['-k', '-s', '--kill-after', '--signal'], operands: 1 },
  busybox: { valued: [] },
  toybox: { valued: [] },
  strace: { valued: ['-e', '-o', '-s', '-p', '-u'] },
  ltrace: { valued: ['-e', '-o', '-s'] },
  flock: { valued: ['-w', '-E', '--timeout'], operands: 1 },
  catchsegv: { valued: [] },
  unbuffer: { valued: [] },
  faketime: { valued: ['-f'], operands: 1 },
  firejail: { valued: [] },
  setarch: { valued: [], operands: 1 },
  prlimit: { valued: [] },
  watch: { valued: ['-n', '--interval'] },
  parallel: { valued: ['-j', '--jobs', '-a', '-I'] },
};

/** What `command` starts, or null when it starts nothing that its words tell of. */
export function unwrap(command: SimpleCommand): Inner | null {
  const { name, args } = command;
  if (name === null) return null;
  if (shells.has(name)) return unwrapShell(args);
  if (name === 'eval' || name === 'trap') return unwrapScript(name === 'trap' ? args.slice(0, 1) : args);
  if (name === 'alias') return unwrapScript(args.map(({ text, known }) => ({ text: text.slice(text.indexOf('=') + 1), known })));
  if (name === 'env') return unwrapEnv(args);
  if (name === 'xargs') return wrapped(skipOptions(args, ['-I', '-n', '-P', '-L', '-d', '-a', '-E', '-s', '-i']), unknownArgument);
  if (name === 'find' || name === 'fd' || name === 'fdfind') return unwrapFind(args);
  if (name === 'script') return unwrapOption(args, ['-c', '--command']);
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined;
  if (!prefix) return null;
  const rest = skipOptions(args, prefix.valued).slice(prefix.operands ?? 0);
  if (name === 'watch' || name === 'parallel' || name === 'flock') {
    const text = rest.map((word) => word.text).join(' ');
    return { commands: [rest.filter((word) => word.text !== '-c')], scripts: [text.replace(/^-c /, '')], opaque: unseen(rest) };
  }
  return wrapped(rest);
}

function wrapped(words: Argument[], ...extra: Argument[]): Inner {
  return words.length === 0 ? nothing : { commands: [[...words, ...extra]], scripts: [] };
}

function unseen(words: Argument[]): string | undefined {
  return words.every((word) => word.known) ? undefined : 'it builds a command while it runs';
}

function skipOptions(args: Argument[], valued: string[]): Argument[] {
  let index = 0;
  while (index < args.length) {
    const text = args[index]?.text ?? '';
    if (text === '--') return args.slice(index + 1);
    if (!text.startsWith('-') || text === '-') break;
    index += valued.includes(text) ? 2 : 1;
  }
  return args.slice(index);
}

function unwrapShell(args: Argument[]): Inner {
  for (const [index, word] of args.entries()) {
    if (!word.known) return { ...nothing, opaque: 'a shell runs something that only running it tells' };
    if (/^-[a-z]*c[a-z]*$/.test(word.text)) {
      const script = args.slice(index + 1).find((candidate) => !candidate.known || !candidate.text.startsWith('-'));
      return script ? unwrapScript([script]) : nothing;
    }
    if (word.text === '--version' || word.text === '--help') return nothing;
    if (word.text === '-n') continue;
    if (!word.text.startsWith('-') && !word.text.startsWith('+')) return nothing;
  }
  return { ...nothing, opaque: 'a shell takes its commands from its input' };
}

function unwrapScript(words: Argument[]): Inner {
  return { commands: [], scripts: [words.map((word) => word.text).join(' ')], opaque: unseen(words) };
}

function unwrapEnv(args: Argument[]): Inner {
  const split = args.findIndex((word) => word.text === '-S' || word.text.startsWith('--split-string') || /^-[a-z]*S/.test(word.text));
  if (split >= 0) {
    const text = args.slice(split).map((word) => word.text.replace(/^(-[a-zA-Z]*S|--split-string=?)/, ''));
    return { commands: [], scripts: [text.join(' ')], opaque: unseen(args) };
  }
  const words = skipOptions(args, ['-u', '--unset', '-C', '--chdir', '-a', '--argv0']);
  const program = words.findIndex((word) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word.text));
  return program < 0 ? nothing : wrapped(words.slice(program));
}

function unwrapFind(args: Argument[]): Inner {
  const commands: Argument[][] = [];
  const roots = args.slice(
    0,
    Math.max(
      0,
      args.findIndex((word) => word.text.startsWith('-')),
    ),
  );
  for (const [index, word] of args.entries()) {
    if (!/^(-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(word.text)) continue;
    const end = args.findIndex((candidate, at) => at > index && (candidate.text === ';' || candidate.text === '+'));
    const inner = args.slice(index + 1, end < 0 ? undefined : end);
    commands.push(inner.flatMap((part) => (part.text.includes('{}') ? [...roots, unknownArgument] : [part])));
  }
  if (args.some((word) => word.text === '-delete')) commands.push([argument('rm'), argument('-r'), ...roots]);
  return { commands, scripts: [] };
}

function unwrapOption(args: Argument[], names: string[]): Inner {
  const index = args.findIndex((word) => names.includes(word.text));
  const script = index < 0 ? undefined : args[index + 1];
  return script ? unwrapScript([script]) : nothing;
}
