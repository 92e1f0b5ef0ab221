import type { PartPlace } from '#lib/core/change.ts';

/** What does not stay: whole files, and hunks of others. */
export type Dropped = { files: ReadonlySet<string>; hunks: readonly PartPlace[] };

export const nothingDropped: Dropped = { files: new Set(), hunks: [] };

export function keepsAll({ files, hunks }: Dropped): boolean {
  return files.size + hunks.length === 0;
}
