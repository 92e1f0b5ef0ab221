/**
 * One path that changed against the checkpoint before. `path` is relative to the tree, forward slashes, no leading slash.
 * `source` is the absolute host path that holds the new file, symlink or folder; its bytes are hostile and never followed as a link.
 * `unstorable`: git has no way to hold it (a name that is not UTF-8 or too long, a pipe, a socket, unreadable); `path` is for showing only.
 * `cleared`: the folder was removed and made again, so nothing of what it held before is left unless it is listed too.
 */
export type TreeChange =
  | { path: string; kind: 'file' | 'symlink' | 'folder'; source: string; cleared?: boolean }
  | { path: string; kind: 'deleted' }
  | { path: string; kind: 'unstorable' };
