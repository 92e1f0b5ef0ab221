import type { ExecResult } from '../sandbox/sandbox.ts';
import { runScript, type Tool, treePath } from './tool-input.ts';

/** Folders whose insides say nothing of the project. */
const opaqueNames = ['.git', '.next', '.venv', '__pycache__', 'node_modules'];
const longestListing = 1_000;
const longestSearch = 500;
const listingBytes = 4 * 1024 * 1024;

export const readFile: Tool<'read_file'> = (args, input) =>
  runScript(
    input,
    `there "$1"; within "$1"
[ -d "./$1" ] && fail "$1 is a folder: list it instead."
[ -f "./$1" ] || fail "$1 is not a regular file."
cat -- "./$1"`,
    [treePath(args.path)],
  );

/** One name per line, folders end in a slash. */
export const listFiles: Tool<'list_files'> = (args, input) =>
  runScript(input, 'there "$1"; within "$1"; [ -d "./$1" ] || fail "$1 is a file: read it instead."; cd -- "./$1" && LC_ALL=C ls -1Ap', [
    treePath(args.path),
  ]);

/** The tree as an indented list, without the insides of dependency and build folders. */
export const projectStructure: Tool<'project_structure'> = async (args, input) => {
  const prune = opaqueNames.map((name) => `-name ${name}`).join(' -o ');
  const script = `find . -mindepth 1 -maxdepth "$1" -type d \\( \\( ${prune} \\) -prune -print -o -print \\) | sed 's|$|/|'
find . -mindepth 1 -maxdepth "$1" -type d \\( ${prune} \\) -prune -o ! -type d -print`;
  const found = await runScript(input, script, [String(args.depth)], { outputBytes: listingBytes, quiet: true });
  if (found.ended !== 'exited') return found;
  const paths = found.stdout
    .split('\n')
    .filter(Boolean)
    .map((path) => path.slice(2))
    .sort(byParts);
  const lines = paths.slice(0, longestListing).map((path) => {
    const parts = path.replace(/\/$/, '').split('/');
    return `${'  '.repeat(parts.length - 1)}${parts.at(-1)}${path.endsWith('/') ? '/' : ''}`;
  });
  if (paths.length > longestListing) lines.push(`... ${paths.length - longestListing} more`);
  return { ...found, stdout: lines.length === 0 ? 'The project is empty.\n' : `${lines.join('\n')}\n` };
};

/** Lines that hold the text, as path:line:text. */
export const searchFiles: Tool<'search_files'> = async (args, input) => {
  const exclude = opaqueNames.map((name) => `--exclude-dir=${name}`).join(' ');
  const script = `there "$2"; within "$2"; LC_ALL=C.UTF-8 grep -rnIF ${exclude} -e "$1" -- "$2" | cut -c1-300 | head -n ${longestSearch + 1}`;
  const found = await runScript(input, script, [args.query, treePath(args.path)], { outputBytes: listingBytes, quiet: true });
  return found.ended === 'exited' && found.returncode === 0 ? { ...found, stdout: hits(found) } : found;
};

function hits({ stdout }: ExecResult): string {
  const lines = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(/^\.\//, ''));
  if (lines.length === 0) return 'Nothing found.\n';
  const more = lines.length > longestSearch ? [`... more than ${longestSearch} lines; search for something rarer.`] : [];
  return `${[...lines.slice(0, longestSearch), ...more].join('\n')}\n`;
}

function byParts(left: string, right: string): number {
  const [a, b] = [left.replaceAll('/', '\u0001'), right.replaceAll('/', '\u0001')];
  return a < b ? -1 : a > b ? 1 : 0;
}
