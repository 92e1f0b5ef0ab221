import { posix } from 'node:path';
import { z } from 'zod';
import { isSameSubcommand } from '../rules/program-names.ts';
import { operandStarts, optionKinds, optionValues } from '../shell/options.ts';
import type { Argument, SimpleCommand } from '../shell/simple-command.ts';
import { shells } from '../shell/unwrap-shell.ts';
import { staysInTree } from '../tree-path.ts';
import { makeRecipes } from './make-recipes.ts';

/** A file that a command runs shell commands from: where it may lie, and what it would run of it, each in `folder`. */
export type ScriptFile = { path: string; folder: string; scriptsIn(text: string): string[] };

const Manifest = z.object({ scripts: z.record(z.string(), z.unknown()) });
/** Where every sandbox shows the tree. */
const tree = '/workspace';
const managers = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const managerOptions = optionKinds('--prefix -C --cwd --dir --loglevel', '-s --silent --if-present');
const lifecycles = ['test', 'start', 'stop', 'restart', 'pack', 'version'];
const onInstall = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

/** Where a command of the project stands in its own files, as far as its words tell. @param folders those it may run in, relative to the tree */
export function scriptFiles({ name, args, folder }: SimpleCommand, folders: string[]): ScriptFile[] {
  if (name === null) return [];
  const found = (places: string[], paths: string[], scriptsIn: ScriptFile['scriptsIn']) =>
    places.flatMap((place) => placesIn([place], paths).map((path) => ({ path, folder: place, scriptsIn })));
  if (folder !== '') return found(folders, [folder + name], programText);
  if (shells.has(name) || name === 'source' || name === '.') return found(folders, shellFiles(args), (text) => [text]);
  if (managers.has(name)) {
    const places = within(folders, optionValues(args, 'C', ['--prefix', '--cwd', '--dir']));
    return found(places, ['package.json'], (text) => packageScripts(text, name, args));
  }
  if (name === 'node') {
    const run = args.flatMap(({ text }, index) =>
      text === '--run' ? (args[index + 1]?.text ?? '') : (/^--run=(.*)/.exec(text)?.[1] ?? []),
    );
    return run.length === 0 ? [] : found(folders, ['package.json'], (text) => scriptsNamed(text, run));
  }
  if (name !== 'make' && name !== 'gmake') return [];
  const named = optionValues(args, 'f', ['--file', '--makefile']).map(({ text }) => text);
  const files = named.length > 0 ? named : ['GNUmakefile', 'makefile', 'Makefile'];
  const words = args.flatMap(({ text, known }) => (known ? [text] : []));
  return found(within(folders, optionValues(args, 'C', ['--directory'])), files, (text) => makeRecipes(text, words));
}

/** Where a command works that may be told to go elsewhere in the tree. */
export function within(folders: string[], told: Argument[]): string[] {
  const known = told.flatMap(({ text, known }) => (known ? [text] : []));
  return known.length === 0 ? folders : placesIn(folders, known);
}

/** Paths as seen from these folders, relative to the tree; none for what lies outside. */
function placesIn(folders: string[], paths: string[]): string[] {
  const places = folders.flatMap((folder) => paths.map((path) => posix.relative(tree, posix.resolve(tree, folder, path)) || '.'));
  return places.filter(staysInTree);
}

/** A program of the tree, where it is a shell script. */
function programText(text: string): string[] {
  const [, interpreter] = /^#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(?:\S*\/)?([\w.-]+)/.exec(text.slice(0, 200)) ?? [];
  return text.includes('\0') || (interpreter !== undefined && !shells.has(interpreter)) ? [] : [text];
}

/** Every word may be the file: which options take one, each shell knows for itself. */
function shellFiles(args: Argument[]): string[] {
  if (args.some(({ text }) => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(text))) return [];
  return args.flatMap(({ text, known }) => (known && !/^[-+]/.test(text) ? [text] : [])).slice(0, 2);
}

function packageScripts(text: string, manager: string, args: Argument[]): string[] {
  const installs = (given: string) => ['install', 'ci'].some((wanted) => isSameSubcommand(manager, given, wanted));
  return operandStarts(args, managerOptions).flatMap((start) => {
    const given = args[start]?.text ?? 'install';
    if (installs(given)) return scriptsNamed(text, onInstall, false);
    const isRun = given === 'run' || isSameSubcommand(manager, given, 'run');
    const lifecycle = lifecycles.find((one) => given === one || isSameSubcommand(manager, given, one));
    const at = isRun ? operandStarts(args, managerOptions, start + 1) : [start];
    return at.flatMap((place) => {
      const wanted = isRun ? args[place]?.text : (lifecycle ?? (manager === 'npm' ? undefined : given));
      return wanted === undefined ? [] : scriptsNamed(text, [wanted], true, args.slice(place + 1));
    });
  });
}

/** What stands under these names, with what npm runs before and after, and the words that it hands on. */
function scriptsNamed(text: string, names: string[], around = true, words: Argument[] = []): string[] {
  const scripts = readManifest(text);
  const wanted = around ? names.flatMap((name) => [`pre${name}`, name, `post${name}`]) : names;
  const more = words.filter((word) => word.text !== '--').map((word) => ` '${word.text.replaceAll("'", `'\\''`)}'`);
  return wanted.flatMap((name) => {
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    return typeof script === 'string' ? [names.includes(name) ? script + more.join('') : script] : [];
  });
}

function readManifest(text: string): Record<string, unknown> {
  try {
    return Manifest.parse(JSON.parse(text)).scripts;
  } catch {
    return {};
  }
}
