import { namedPath, runScript, type Tool } from './tool-input.ts';

const parents = `case $1 in */*) mkdir -p -- "./\${1%/*}" || fail "The folder of $1 cannot be made." ;; esac`;
const notFolder = '[ -d "./$1" ] && fail "$1 is a folder."';

/** Writes the whole file, also over one that is there; folders on the way are made. */
export const createFile: Tool<'create_file'> = (args, input) =>
  runScript(
    input,
    `within "$1"; ${notFolder}; ${parents}\ncat > "./$1" || exit 1\n[ "$2" = no ] || chmod +x -- "./$1"`,
    [namedPath(args.path), args.executable ? 'yes' : 'no'],
    { stdin: Buffer.from(args.content) },
  );

/** Adds whole lines: a last line without its newline gets one first. */
export const appendFile: Tool<'append_file'> = (args, input) =>
  runScript(
    input,
    `within "$1"; ${notFolder}; ${parents}
if [ -s "./$1" ] && [ -n "$(tail -c 1 -- "./$1")" ]; then echo >> "./$1"; fi
cat >> "./$1"`,
    [namedPath(args.path)],
    { stdin: Buffer.from(args.content === '' || args.content.endsWith('\n') ? args.content : `${args.content}\n`) },
  );

export const createFolder: Tool<'create_folder'> = (args, input) =>
  runScript(input, 'within "$1"; [ -e "./$1" ] && [ ! -d "./$1" ] && fail "$1 is a file."; mkdir -p -- "./$1"', [namedPath(args.path)]);

/** Renames or moves a file or a folder; never over something that is there. */
export const movePath: Tool<'move_path'> = (args, input) =>
  runScript(
    input,
    `from=$2; there "$from"; beside "$from"; within "$1"
if [ -e "./$1" ] || [ -L "./$1" ]; then fail "There is already something at $1."; fi
case $1/ in "$from"/*) fail "$from cannot be moved into itself." ;; esac
${parents}
mv -- "./$from" "./$1"`,
    [namedPath(args.to), namedPath(args.from)],
  );

/** Deletes a file, a link (never what it points at) or a folder with all that is in it. */
export const deletePath: Tool<'delete_path'> = (args, input) =>
  runScript(input, 'there "$1"; beside "$1"; rm -rf -- "./$1"', [namedPath(args.path)]);
