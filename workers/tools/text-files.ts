import { isUtf8 } from 'node:buffer';
import { quoteWord, runScript, shown, type ToolInput, ToolRefusal } from './tool-input.ts';

const largestTextBytes = 8 * 1024 * 1024;

export type FileWrite = { path: string; content: string; executable?: boolean };
export type FileEdits = { deletes: string[]; writes: FileWrite[] };

/** The exact text of files of the tree, in order; null where there is none. Refuses what is not UTF-8 text. */
export async function readTexts(input: ToolInput, paths: string[]): Promise<(string | null)[]> {
  const script = `for path in "$@"; do
  within "$path"
  if [ -d "./$path" ]; then fail "$path is a folder."
  elif [ -f "./$path" ]; then [ "$(wc -c < "./$path")" -le ${largestTextBytes} ] || fail "$path is too large to edit."; echo +; base64 < "./$path"
  else echo -; fi
  echo .
done`;
  const outputBytes = Math.max(1, paths.length) * largestTextBytes * 2;
  const read = await runScript(input, script, paths, { outputBytes, quiet: true });
  if (read.ended !== 'exited') throw new ToolRefusal(`The files could not be read: ${read.ended}.`);
  if (read.returncode !== 0) throw new ToolRefusal(read.stderr.trim() || 'The files could not be read.');
  const entries = read.stdout.split('\n.\n');
  return paths.map((path, index) => {
    const entry = entries[index] ?? '-';
    if (!entry.startsWith('+')) return null;
    const bytes = Buffer.from(entry.slice(2), 'base64');
    if (!isUtf8(bytes)) throw new ToolRefusal(`${shown(path)} is not a text file.`);
    return bytes.toString('utf8');
  });
}

/** Deletes and then writes files, all in one command: a script with the contents inside, as base64. */
export function writeTexts(input: ToolInput, { deletes, writes }: FileEdits) {
  const lines = deletes.map((path) => `beside ${quoteWord(path)}; rm -f -- ${quoteWord(`./${path}`)} || exit 1`);
  for (const { path, content, executable } of writes) {
    const [word, place] = [quoteWord(path), quoteWord(`./${path}`)];
    const folder = path.includes('/') ? `mkdir -p -- ${quoteWord(`./${path.slice(0, path.lastIndexOf('/'))}`)} || exit 1` : ':';
    const encoded = Buffer.from(content)
      .toString('base64')
      .replace(/.{1,76}/g, '$&\n');
    lines.push(`within ${word}; ${folder}`, `base64 -d > ${place} <<'END' || exit 1\n${encoded}END`);
    if (executable !== undefined) lines.push(`chmod ${executable ? '+x' : '-x'} -- ${place}`);
  }
  return runScript(input, 'eval "$(cat)"', [], { stdin: Buffer.from(lines.join('\n')) });
}
