import { commandOptions, shellEscapes } from './command-options.ts';
import { lengthLimit, tooLong, unwrapAwk, unwrapSed, unwrapTar } from './embedded-programs.ts';
import { unwrapGit } from './git-command.ts';
import { type Inner, nothing } from './inner.ts';
import { operandStarts, optionKinds, optionValues } from './options.ts';
import { prefixes } from './prefixes.ts';
import { unwrapMake, unwrapNix, unwrapPython, unwrapRunner } from './runners.ts';
import { type Argument, argument, type SimpleCommand, unknownArgument } from './simple-command.ts';
import { shells, unseen, unwrapFile, unwrapScript, unwrapShell } from './unwrap-shell.ts';

/** Programs whose options are too many to know: any of their words may be the program they start. */
const launchers = new Set(
  'bwrap tmux tmate screen dtach abduco proot systemd-nspawn capsh xterm urxvt konsole gnome-terminal x-terminal-emulator kitty alacritty'.split(
    ' ',
  ),
);

/** Programs that run shell commands on a word of theirs. */
const editors = new Set(
  'vi vim nvim gvim vimdiff view rvim rview ex ed red emacs emacsclient joe jed micro gdb lldb expect m4 gnuplot octave R'.split(' '),
);

const unwrappers: Record<string, (args: Argument[]) => Inner> = {
  eval: unwrapScript,
  trap: (args) => unwrapScript(args.filter(({ text }) => !text.startsWith('-')).slice(0, 1)),
  source: unwrapFile,
  '.': unwrapFile,
  alias: (args) => unwrapScript(args.map(({ text, known }) => ({ text: text.slice(text.indexOf('=') + 1), known }))),
  env: unwrapEnv,
  xargs: unwrapXargs,
  find: unwrapFind,
  fd: unwrapFind,
  fdfind: unwrapFind,
  script: unwrapTypescript,
  parallel: unwrapParallel,
  watch: unwrapJoined,
  flock: unwrapJoined,
  hyperfine: unwrapAny,
  tar: unwrapTar,
  bsdtar: unwrapTar,
  gtar: unwrapTar,
  awk: unwrapAwk,
  gawk: unwrapAwk,
  mawk: unwrapAwk,
  nawk: unwrapAwk,
  sed: unwrapSed,
  gsed: unwrapSed,
  gcc: unwrapCompiler,
  cc: unwrapCompiler,
  'g++': unwrapCompiler,
  make: unwrapMake,
  gmake: unwrapMake,
  nix: unwrapNix,
  'nix-shell': unwrapNix,
  concurrently: (args) => ({ commands: [], scripts: args.map((word) => word.text) }),
  hash: (args) => renames(unwrapOptions('hash', args)),
  bind: (args) => unwrapScript(args.map(({ text, known }) => ({ text: text.slice(text.indexOf(':') + 1), known }))),
};

/** What `command` starts, or null when it starts nothing that its words tell of. */
export function unwrap(command: SimpleCommand): Inner | null {
  const { name, args } = command;
  if (name === null) return null;
  if (shells.has(name)) return unwrapShell(args);
  if (name === 'git') return unwrapGit(command);
  if (name === 'command' && /^-p?[vV]p?$/.test(args[0]?.text ?? '')) return null;
  if (launchers.has(name)) return unwrapAny(args);
  if (/^python[\d.]*$|^pypy[\d.]*$/.test(name)) return unwrapPython(args);
  if (/^ld(-linux[\w-]*)?\.so/.test(name)) return { ...nothing, commands: programs('nohup', args) };
  if (editors.has(name)) return { ...nothing, opaque: 'it starts a program that runs what it is told' };
  const unwrapOwn = Object.hasOwn(unwrappers, name) ? unwrappers[name] : undefined;
  if (unwrapOwn) return unwrapOwn(args);
  if (Object.hasOwn(commandOptions, name) || Object.hasOwn(shellEscapes, name)) return unwrapOptions(name, args);
  const runner = unwrapRunner(name, args);
  if (runner) return runner;
  if (Object.hasOwn(prefixes, name)) return { ...nothing, commands: programs(name, args) };
  // bash takes `time` for a keyword and hands on the options of the program time as if they were one.
  return name.startsWith('-') ? { ...nothing, commands: programs('time', [argument(name), ...args]) } : null;
}

/** Every reading of the words that a wrapper starts: behind its options, its own words, and options once more. */
function programs(name: string, args: Argument[]): Argument[][] {
  const { valued = '', flags = '', operands = [0] } = prefixes[name] ?? {};
  const kindOf = optionKinds(valued, flags);
  const starts = operandStarts(args, kindOf).flatMap((start) => operands.flatMap((own) => operandStarts(args, kindOf, start + own)));
  return [...new Set(starts)].map((start) => args.slice(start)).filter((words) => words.length > 0);
}

function joined(words: Argument[]): string {
  return words.map((word) => word.text).join(' ');
}

/** Programs that hand their words to a shell as one text. */
function scriptsOf(readings: Argument[][]): Inner {
  return { commands: readings, scripts: readings.map(joined), opaque: readings.map(unseen).find(Boolean) };
}

/** What stands in an option or another word of a program, which runs it. */
function unwrapOptions(name: string, args: Argument[]): Inner {
  const options = (commandOptions[name] ?? '').split(' ');
  const letters = options.flatMap((option) => (/^-\w$/.test(option) ? [option.slice(1)] : [])).join('');
  const long = options.filter((option) => option.startsWith('--'));
  const own = options.filter((option) => /^-\w{2,}$/.test(option));
  const valued = letters === '' && long.length === 0 ? [] : optionValues(args, letters, long);
  const behind = args.flatMap(({ text, known }, index) => {
    if (own.includes(text)) return args.slice(index + 1, index + 2);
    const option = own.find((one) => text.startsWith(`${one}=`));
    return option ? [{ text: text.slice(option.length + 1), known }] : [];
  });
  const inner = scriptsOf([...valued, ...behind].map((word) => [word]));
  const text = args.map((word) => word.text).join('\n');
  if (text.length > lengthLimit && Object.hasOwn(shellEscapes, name)) return tooLong;
  const escapes = [...text.matchAll(shellEscapes[name] ?? /$^/g)].map((match) => match.slice(1).find(Boolean) ?? '');
  return { ...inner, scripts: [...inner.scripts, ...escapes] };
}

function renames(inner: Inner): Inner {
  return inner.commands.length > 0 ? { ...inner, opaque: 'it gives a program another name' } : inner;
}

function unwrapJoined(args: Argument[]): Inner {
  const inner = scriptsOf(['watch', 'flock'].flatMap((name) => programs(name, args)));
  return { ...inner, scripts: [...inner.scripts, ...optionValues(args, 'c', ['--command']).map((word) => word.text)] };
}

function unwrapParallel(args: Argument[]): Inner {
  const split = args.findIndex(({ text }) => text.startsWith(':::'));
  const readings = programs('parallel', split < 0 ? args : args.slice(0, split));
  if (readings.length > 0) return scriptsOf(readings);
  if (split < 0) return { ...nothing, opaque: 'it takes its commands from its input' };
  return scriptsOf(args.slice(split + 1).map((word) => [word]));
}

/** `-wrapper` puts a program in front of the compiler's own, its words joined by commas. */
function unwrapCompiler(args: Argument[]): Inner {
  const at = args.findIndex(({ text }) => text === '-wrapper');
  const words = at < 0 ? [] : (args[at + 1]?.text ?? '').split(',').map(argument);
  return { ...nothing, commands: words.length > 0 ? [words] : [] };
}

function unwrapAny(args: Argument[]): Inner {
  const commands = args.flatMap((word, index) => (word.text.startsWith('-') ? [] : [args.slice(index)]));
  return { commands, scripts: args.filter(({ text }) => /\s/.test(text)).map((word) => word.text) };
}

function unwrapTypescript(args: Argument[]): Inner {
  const scripts = optionValues(args, 'c', ['--command']);
  const commands = programs('script', args);
  const input = scripts.length === 0 && commands.length === 0;
  return {
    commands: scripts.length > 0 ? [] : commands,
    scripts: scripts.map((word) => word.text),
    opaque: input ? 'a shell takes its commands from its input' : unseen(scripts),
  };
}

function unwrapXargs(args: Argument[]): Inner {
  const marks = ['{}', ...optionValues(args, 'IJi', ['--replace']).map((word) => word.text)];
  const fill = (word: Argument) => (marks.some((mark) => mark !== '' && word.text.includes(mark)) ? { ...word, known: false } : word);
  return { ...nothing, commands: programs('xargs', args).map((words) => [...words.map(fill), unknownArgument]) };
}

function unwrapEnv(args: Argument[]): Inner {
  const split = args.findIndex((word) => /^(-[a-zA-Z]*S|--s)/.test(word.text));
  if (split >= 0) {
    const text = args.slice(split).map((word) => word.text.replace(/^(-[a-zA-Z]*S|--[a-z-]+=?)/, ''));
    return { commands: [], scripts: [text.join(' ')], opaque: unseen(args) };
  }
  const commands = programs('env', args).flatMap((words) => {
    const program = words.findIndex((word) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word.text));
    return program < 0 ? [] : [words.slice(program)];
  });
  return { ...nothing, commands };
}

function unwrapFind(args: Argument[]): Inner {
  const commands: Argument[][] = [];
  const firstOption = args.findIndex((word) => word.text.startsWith('-'));
  const roots = args.slice(0, Math.max(0, firstOption));
  for (let index = 0; index < args.length; index += 1) {
    const option = /^(?:-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)(?:=(.+))?$/s.exec(args[index]?.text ?? '');
    if (!option) continue;
    const length = args.slice(index + 1).findIndex(({ text }) => text === ';' || text === '+');
    const inner = [...(option[1] ? [argument(option[1])] : []), ...args.slice(index + 1, length < 0 ? undefined : index + 1 + length)];
    commands.push(inner.flatMap((part) => (part.text.includes('{}') ? [unknownArgument, ...roots] : [part])));
    index = length < 0 ? args.length : index + 1 + length;
  }
  if (args.some((word) => word.text === '-delete')) commands.push([argument('rm'), argument('-r'), ...roots]);
  return { commands, scripts: [] };
}
