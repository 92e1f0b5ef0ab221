import { applyPatch as applyHunks, parsePatch, type StructuredPatch } from 'diff';
import { type FileEdits, readTexts, writeTexts } from './text-files.ts';
import { namedPath, shown, type Tool, ToolRefusal } from './tool-input.ts';

type Side = { from: string | null; to: string | null; patch: StructuredPatch };

/** A unified diff over any number of files: changes, new, deleted and renamed ones. All of it applies, or nothing is written. */
export const applyPatch: Tool<'apply_patch'> = async ({ patch }, input) => {
  const sides = parse(patch);
  const sources = [...new Set(sides.flatMap(({ from, to }) => [from, to].filter((path) => path !== null)))];
  const texts = new Map((await readTexts(input, sources)).map((text, index) => [sources[index] ?? '', text]));
  const edits: FileEdits = { deletes: [], writes: [] };
  const done: string[] = [];
  for (const { from, to, patch: file } of sides) {
    const before = from === null ? null : (texts.get(from) ?? null);
    if (from !== null && before === null) throw new ToolRefusal(`The patch changes ${from}, which is not there.`);
    if (from === null && to !== null && texts.get(to) != null) throw new ToolRefusal(`The patch creates ${to}, which is there already.`);
    const content = file.hunks.length === 0 ? before : applyHunks(before ?? '', file);
    if (content === false) throw new ToolRefusal(`The patch does not fit ${from ?? to}: its context is not in the file.`);
    if (from !== null && from !== to && !file.isCopy) {
      edits.deletes.push(from);
      texts.set(from, null);
    }
    if (to !== null) {
      const executable = file.newMode === undefined ? undefined : file.newMode === '100755';
      edits.writes.push({ path: to, content: content ?? '', executable });
      texts.set(to, content ?? '');
    }
    done.push(to === null ? `Deleted ${from}` : from === null ? `Created ${to}` : from === to ? `Changed ${to}` : `Moved ${from} to ${to}`);
  }
  const written = await writeTexts(input, edits);
  return written.returncode === 0 ? { ...written, stdout: `${done.join('\n')}\n` } : written;
};

function parse(patch: string): Side[] {
  let files: StructuredPatch[];
  try {
    files = parsePatch(patch);
  } catch (error) {
    throw new ToolRefusal(`This is not a unified diff: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  const sides = files
    .filter(
      (file) => file.hunks.length > 0 || file.isRename || file.isCopy || file.isDelete || file.isCreate || file.newMode || file.isBinary,
    )
    .map((file) => ({ ...pathsOf(file), patch: file }));
  if (sides.length === 0) throw new ToolRefusal('This is not a unified diff: it names no file and no change.');
  return sides;
}

function pathsOf(file: StructuredPatch): Omit<Side, 'patch'> {
  if (file.isBinary)
    throw new ToolRefusal(`The patch changes a binary file (${shown(file.newFileName ?? '')}), which a text diff cannot hold.`);
  const prefixed = [file.oldFileName, file.newFileName].every((name) => !name || name === '/dev/null' || /^[ab]\//.test(name));
  const clean = (name: string | undefined) => (!name || name === '/dev/null' ? null : namedPath(prefixed ? name.slice(2) : name));
  const from = file.isCreate ? null : clean(file.oldFileName);
  const to = file.isDelete ? null : clean(file.newFileName);
  if (from === null && to === null) throw new ToolRefusal('A part of the patch names no file.');
  return { from, to };
}
