export type PatchLine = { sign: '+' | '-' | ' '; text: string; oldNumber: number | null; newNumber: number | null };
export type PatchHunk = { heading: string; lines: PatchLine[] };
export type PatchFile = {
  path: string;
  oldPath: string | null;
  status: 'added' | 'modified' | 'deleted' | 'renamed';
  note: string | null;
  binary: boolean;
  additions: number;
  deletions: number;
  hunks: PatchHunk[];
};

const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;

/**
 * The files of a unified diff as git writes it. Lines of a hunk are taken by its counts, never by how they look: a file whose text is a diff
 * stays the text of that file.
 */
export function parsePatch(patch: string): PatchFile[] {
  const lines = patch.split('\n');
  const files: PatchFile[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index++] ?? '';
    const file = files.at(-1);
    if (line.startsWith('diff --git ')) files.push(startFile(line));
    else if (file && hunkHeader.test(line)) index = readHunk(lines, index - 1, file);
    else if (file) readHeader(file, line);
  }
  return files;
}

function startFile(line: string): PatchFile {
  const named = /^diff --git ("(?:[^"\\]|\\.)*"|a\/.*) ("(?:[^"\\]|\\.)*"|b\/.*)$/.exec(line);
  const path = stripPrefix(unquote(named?.[2] ?? ''));
  return { path, oldPath: null, status: 'modified', note: null, binary: false, additions: 0, deletions: 0, hunks: [] };
}

function readHeader(file: PatchFile, line: string): void {
  if (line.startsWith('new file mode')) file.status = 'added';
  else if (line.startsWith('deleted file mode')) file.status = 'deleted';
  else if (line.startsWith('rename from ')) {
    file.status = 'renamed';
    file.oldPath = unquote(line.slice('rename from '.length));
  } else if (line.startsWith('rename to ')) file.path = unquote(line.slice('rename to '.length));
  else if (line.startsWith('new mode ')) file.note = line.endsWith('755') ? 'now executable' : 'mode changed';
  else if (line.startsWith('Binary files ') || line === 'GIT binary patch') file.binary = true;
  else if (line.startsWith('+++ ') && line !== '+++ /dev/null') file.path = stripPrefix(unquote(line.slice(4)));
  else if (line.startsWith('--- ') && line !== '--- /dev/null' && file.status === 'deleted')
    file.path = stripPrefix(unquote(line.slice(4)));
}

function readHunk(lines: string[], start: number, file: PatchFile): number {
  const [, oldStart, oldCount = '1', newStart, newCount = '1', heading = ''] = hunkHeader.exec(lines[start] ?? '') ?? [];
  const hunk: PatchHunk = { heading, lines: [] };
  let oldNumber = Number(oldStart);
  let newNumber = Number(newStart);
  const oldEnd = oldNumber + Number(oldCount);
  const newEnd = newNumber + Number(newCount);
  let index = start + 1;
  for (; index < lines.length && (oldNumber < oldEnd || newNumber < newEnd); index++) {
    const line = lines[index] ?? '';
    const text = line.slice(1);
    if (line.startsWith('+')) {
      hunk.lines.push({ sign: '+', text, oldNumber: null, newNumber: newNumber++ });
      file.additions++;
    } else if (line.startsWith('-')) {
      hunk.lines.push({ sign: '-', text, oldNumber: oldNumber++, newNumber: null });
      file.deletions++;
    } else if (!line.startsWith('\\')) hunk.lines.push({ sign: ' ', text, oldNumber: oldNumber++, newNumber: newNumber++ });
  }
  file.hunks.push(hunk);
  return index;
}

function stripPrefix(path: string): string {
  return path.replace(/^[ab]\//, '').replace(/\t$/, '');
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** Git quotes names that hold controls, quotes or bytes outside ASCII, those as octal bytes of UTF-8. */
function unquote(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const match of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)) {
    const [, octal, escaped, plain] = match;
    if (octal) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...encoder.encode(escaped ? (escapes[escaped] ?? escaped) : plain));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
