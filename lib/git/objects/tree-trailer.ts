import { z } from 'zod';
import { LeftOut } from '#lib/core/change.ts';

/**
 * What git cannot say of a tree. `empty`: folders without files, leaves only. `modes`: permission bits (octal) -> paths, where they are not
 * 644 / 755 for files and 755 for folders. `leftOut`: paths that the commit does not hold. All sorted, so that equal trees have equal trailers.
 */
export const TreeTrailer = z.object({
  empty: z.array(z.string()).default([]),
  modes: z.record(z.string(), z.array(z.string())).default({}),
  leftOut: z.array(LeftOut).default([]),
});
export type TreeTrailer = z.infer<typeof TreeTrailer>;

const key = 'Choir-Tree: ';

/** The commit message with the trailer as its last line; none where git says it all. */
export function writeTrailer(message: string, trailer: TreeTrailer): string {
  const subject = message.trim().replaceAll(/^Choir-Tree:/gm, ' Choir-Tree:');
  const given = Object.entries(TreeTrailer.parse(trailer)).filter(
    ([, value]) => (Array.isArray(value) ? value.length : Object.keys(value).length) > 0,
  );
  return given.length === 0 ? `${subject}\n` : `${subject}\n\n${key}${JSON.stringify(Object.fromEntries(given))}\n`;
}

/** The trailer of a commit message; an empty one when it has none or one that Choir did not write. */
export function readTrailer(message: string): TreeTrailer {
  const line = message.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith(key)) return TreeTrailer.parse({});
  try {
    return TreeTrailer.parse(JSON.parse(line.slice(key.length)));
  } catch {
    return TreeTrailer.parse({});
  }
}

/** `modes` of a trailer by path. */
export function modesByPath(trailer: TreeTrailer): Map<string, number> {
  return new Map(Object.entries(trailer.modes).flatMap(([mode, paths]) => paths.map((path) => [path, Number.parseInt(mode, 8)])));
}

/** The inverse of `modesByPath`. */
export function groupModes(modes: Map<string, number>): TreeTrailer['modes'] {
  const groups: TreeTrailer['modes'] = {};
  for (const [path, mode] of [...modes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const group = mode.toString(8);
    groups[group] ??= [];
    groups[group].push(path);
  }
  return groups;
}
