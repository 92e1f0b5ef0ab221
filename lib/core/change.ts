import { z } from 'zod';

/** One file of a diff between two checkpoints. `path` is relative to the tree; line counts are 0 for binary files. */
export const FileChange = z.object({
  path: z.string(),
  oldPath: z.string().optional(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'mode', 'type']),
  additions: z.number().int().nonnegative().default(0),
  deletions: z.number().int().nonnegative().default(0),
  binary: z.boolean().default(false),
});
export type FileChange = z.infer<typeof FileChange>;

/** A path that no checkpoint holds, and why: a dependency folder over its cap, a file over the size cap, or a name or kind git cannot store. */
export const LeftOut = z.object({
  path: z.string(),
  reason: z.enum(['dependency-folder', 'too-large', 'nested-git', 'unstorable']),
  bytes: z.number().nonnegative().default(0),
  files: z.number().int().nonnegative().default(0),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** Files that one event lists by name; the counts are always whole. */
export const listedFilesLimit = 100;

export const ChangeSummary = z.object({
  files: z.array(FileChange).max(listedFilesLimit),
  fileCount: z.number().int().nonnegative(),
  deletedCount: z.number().int().nonnegative(),
  additions: z.number().int().nonnegative(),
  deletions: z.number().int().nonnegative(),
  leftOut: z.array(LeftOut),
});
export type ChangeSummary = z.infer<typeof ChangeSummary>;

export const emptyChangeSummary: ChangeSummary = { files: [], fileCount: 0, deletedCount: 0, additions: 0, deletions: 0, leftOut: [] };

/** One line of a hunk, without its line break; `noNewline`: the file ends here without one. */
export const DiffLine = z.object({ kind: z.enum(['context', 'add', 'delete']), text: z.string(), noNewline: z.boolean().optional() });
export type DiffLine = z.infer<typeof DiffLine>;

/** Where a hunk stands, as in the header that git gives it: a side without lines starts at the line before. */
export const HunkPlace = z.object({
  oldStart: z.number().int().nonnegative(),
  oldLines: z.number().int().nonnegative(),
  newStart: z.number().int().nonnegative(),
  newLines: z.number().int().nonnegative(),
});
export type HunkPlace = z.infer<typeof HunkPlace>;

/** A hunk of one file of a change, by the path that the file has after it. */
export const PartPlace = z.object({ path: z.string().max(4_096), hunk: HunkPlace });
export type PartPlace = z.infer<typeof PartPlace>;

export const DiffHunk = HunkPlace.extend({ lines: z.array(DiffLine) });
export type DiffHunk = z.infer<typeof DiffHunk>;

/**
 * The changes of one file, line by line. `truncated`: too many lines to show, some or all hunks are missing; the counts are whole. `id`: another one
 * whenever the content on one of its sides is.
 */
export const FileDiff = FileChange.extend({ id: z.string(), hunks: z.array(DiffHunk), truncated: z.boolean().default(false) });
export type FileDiff = z.infer<typeof FileDiff>;
