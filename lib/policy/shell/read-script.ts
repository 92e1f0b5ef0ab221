import { type Assignment, type Command, forEachChild, parse, type SyntaxNode } from 'unbash';
import { evaluatesText, evaluatesWords } from './evaluated-text.ts';
import { type Argument, argument, readWord, type SimpleCommand, toSimpleCommand } from './simple-command.ts';
import { unwrap } from './unwrap.ts';

/** All that can be seen of a bash script without running it: wrappers, substitutions, functions and inner scripts included. */
export type ScriptView = {
  commands: SimpleCommand[];
  /** Files that redirections open, for reading or writing. */
  redirects: Argument[];
  /** Why parts of it cannot be seen; empty when all of it can. */
  opaque: string[];
  forkBomb: boolean;
  /** It sets a variable or defines a function, so words may not mean what they say. */
  defines: boolean;
  /** It sets a variable that makes programs load code, or names where they are found. */
  loads: boolean;
  /** What the script says a name stands for. */
  aliases: Map<string, string>;
};

/** Scripts inside scripts that are looked into; deeper ones count as unseen. */
const depthLimit = 8;
const commandLimit = 2_000;
/** Words of one wrapper that are looked into: the ways to read them grow with their square. */
const wordLimit = 256;
/** Brackets that are open at once: the parser takes seconds for a few thousand of them. */
const bracketLimit = 100;

/** All that a bash script can be seen to do without running it. Never throws: what cannot be read is `opaque`. */
export function readScript(source: string): ScriptView {
  const view: ScriptView = { commands: [], redirects: [], opaque: [], forkBomb: false, defines: false, loads: false, aliases: new Map() };
  readInto(view, source, 0);
  return view;
}

function readInto(view: ScriptView, source: string, depth: number): void {
  if (depth > depthLimit || view.commands.length > commandLimit || deepestBracket(source) > bracketLimit) {
    view.opaque.push('it is nested too deep');
    return;
  }
  try {
    visit(parse(source), view, depth);
  } catch {
    view.opaque.push('it cannot be parsed');
  }
}

function deepestBracket(source: string): number {
  let open = 0;
  let deepest = 0;
  for (const [bracket] of source.matchAll(/[(){}]/g)) {
    open = bracket === '(' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    deepest = Math.max(deepest, open);
  }
  return deepest;
}

function visit(node: SyntaxNode, view: ScriptView, depth: number): void {
  if (node.type === 'Script' && 'errors' in node && node.errors?.length) view.opaque.push('it cannot be parsed');
  if (node.type === 'Command') readCommand(node, view, depth);
  if (node.type === 'Assignment' || node.type === 'Function') view.defines = true;
  if (node.type === 'Assignment') readVariable(view, readAssignment(node), depth);
  if (evaluatesText(node)) view.opaque.push('a shell runs what stands in a text');
  if (node.type === 'Redirect' && node.target) view.redirects.push(readWord(node.target));
  if (node.type === 'Function' && node.name.value !== '' && startsItself(node.body, node.name.value)) view.forkBomb = true;
  forEachChild(node, (child) => visit(child, view, depth));
}

function readCommand(node: Command, view: ScriptView, depth: number): void {
  if (!node.name) return;
  const args = node.args.map((word) => (word.type === 'Assignment' ? readAssignment(word) : readWord(word)));
  addCommand(view, [readWord(node.name), ...args], depth);
}

/** An assignment behind a program's name is an argument to it, as in `alias x='...'`. */
function readAssignment({ name, value }: Assignment): Argument {
  if (value.type === 'ArrayValue') return { text: `${name}=`, known: false };
  const { text, known } = readWord(value);
  return { text: `${name}=${text}`, known };
}

function addCommand(view: ScriptView, words: Argument[], depth: number): void {
  if (depth > depthLimit || view.commands.length > commandLimit) {
    view.opaque.push('it is nested too deep');
    return;
  }
  const command = toSimpleCommand(words);
  view.commands.push(command);
  if (command.name === null) view.opaque.push('the program it starts is only known when it runs');
  if (evaluatesWords(command)) view.opaque.push('a shell runs what stands in a text');
  readNames(view, command, depth);
  const inner = unwrap({ ...command, args: command.args.slice(0, wordLimit) });
  if (!inner) return;
  if (command.args.length > wordLimit) view.opaque.push('it is too long');
  if (inner.opaque) view.opaque.push(inner.opaque);
  for (const commandWords of inner.commands) addCommand(view, commandWords, depth + 1);
  for (const script of inner.scripts) readInto(view, script, depth + 1);
}

/** Words that give a name or a variable its meaning, and names that were given one. */
function readNames(view: ScriptView, { name, args }: SimpleCommand, depth: number): void {
  if (name === null) return;
  if (/^(env|export|declare|typeset|readonly|local)$/.test(name)) for (const word of args) readVariable(view, word, depth);
  if (name === 'alias')
    for (const { text } of args)
      if (text.includes('=')) view.aliases.set(text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1));
  const meaning = view.aliases.get(name)?.trim();
  if (meaning === undefined || meaning === '') return;
  const words = meaning.split(/\s+/).map(argument);
  if (!/^[\w\s./=@:,+-]+$/.test(meaning)) view.opaque.push('it gives a program another name');
  else if (words[0]?.text !== name) addCommand(view, [...words, ...args], depth + 1);
}

/** Variables that programs run as commands, and those that name a file of commands or settings. */
const commandVariables =
  /^(GIT_(PAGER|EDITOR|SEQUENCE_EDITOR|SSH(_COMMAND)?|EXTERNAL_DIFF|ASKPASS|PROXY_COMMAND)|(SYSTEMD_|MAN)?(EDITOR|PAGER)|VISUAL|BROWSER|FCEDIT|PROMPT_COMMAND|SUDO_ASKPASS|SSH_ASKPASS|RSYNC_RSH|CVS_RSH|TAR_RSH|RIPGREP_CONFIG|MAKESHELL)$/;
const fileVariables = /^(BASH_ENV|BASH_FUNC_.*|PS4|LD_(PRELOAD|AUDIT)|GIT_EXEC_PATH|GIT_CONFIG.*|LESS(OPEN|CLOSE)|TAR_OPTIONS)$/;

const loadingVariables =
  /^(PATH|ENV|CDPATH|IFS|NODE_(OPTIONS|PATH)|PYTHON(STARTUP|PATH|HOME)|PERL5(OPT|LIB|DB)|RUBY(OPT|LIB)|_?JAVA(_TOOL)?_OPTIONS|npm_config_.*|LD_LIBRARY_PATH|RUSTC(_\w*WRAPPER)?|CARGO_.*|GOFLAGS|MAKEFLAGS|CC|CXX|LD|GIT_ALLOW_PROTOCOL)$/i;

function readVariable(view: ScriptView, { text, known }: Argument, depth: number): void {
  const [name = '', ...value] = text.split('=');
  if (value.length === 0) return;
  if (loadingVariables.test(name)) view.loads = true;
  if (fileVariables.test(name) || (commandVariables.test(name) && !known)) view.opaque.push('a variable says what is run');
  else if (commandVariables.test(name)) readInto(view, value.join('='), depth + 1);
}

/** A function that pipes into itself or starts itself in the background multiplies without end. */
function startsItself(body: SyntaxNode, name: string): boolean {
  const isSelf = (node: SyntaxNode): boolean => node.type === 'Command' && node.name?.value === name;
  let found = false;
  const look = (node: SyntaxNode): void => {
    if (node.type === 'Pipeline' && node.commands.length > 1 && node.commands.some(isSelf)) found = true;
    if (node.type === 'Statement' && node.background && isSelf(node.command)) found = true;
    forEachChild(node, look);
  };
  look(body);
  return found;
}
