import { formatCount } from '#lib/core/words/format.ts';
import { readTexts, writeTexts } from './text-files.ts';
import { namedPath, shown, type Tool, ToolRefusal } from './tool-input.ts';

/** Replaces text literally, once or everywhere; what is looked for must be there. */
export const editFile: Tool<'edit_file'> = async (args, input) => {
  const path = namedPath(args.path);
  const [text] = await readTexts(input, [path]);
  if (text === null || text === undefined) throw new ToolRefusal(`There is no ${path}.`);
  const [find, replace] = inItsLineEndings(text, args.find, args.replace);
  const parts = text.split(find);
  const found = parts.length - 1;
  if (found === 0) throw new ToolRefusal(`${shown(args.find)} does not occur in ${path}: nothing was changed.`);
  const content = args.all ? parts.join(replace) : parts[0] + replace + parts.slice(1).join(find);
  const written = await writeTexts(input, { deletes: [], writes: [{ path, content }] });
  if (written.returncode !== 0) return written;
  const replaced = args.all ? found : 1;
  return { ...written, stdout: `Replaced ${replaced} of ${formatCount(found, 'occurrence')} in ${path}.\n` };
};

/** Agents write \n; a file of \r\n lines keeps them. */
function inItsLineEndings(text: string, find: string, replace: string): [string, string] {
  if (text.includes(find) || !text.includes('\r\n')) return [find, replace];
  const convert = (part: string) => part.replace(/\r?\n/g, '\r\n');
  return [convert(find), convert(replace)];
}
