'use client';

import { useState } from 'react';

/** A file's text, and the checkpoint that it is of, where it may be edited. */
export type FileVersion = { text: string; base: { checkpointId: string; number: number } | null };

export type SavedVersion = FileVersion & { base: NonNullable<FileVersion['base']> };

/**
 * The file as the page shows it; after a save as it was saved, until the page comes with that checkpoint or a later one, or the thread, which is at
 * `currentCheckpointId`, has left it.
 */
export function useSaved(shown: FileVersion, currentCheckpointId: string | null): [FileVersion, (saved: SavedVersion) => void] {
  const [saved, setSaved] = useState<{ version: SavedVersion; wasCurrent: boolean } | null>(null);
  const setVersion = (version: SavedVersion) => setSaved({ version, wasCurrent: false });
  if (!saved) return [shown, setVersion];
  const { version, wasCurrent } = saved;
  const isCurrent = version.base.checkpointId === currentCheckpointId;
  const hasCome = !shown.base || shown.base.number >= version.base.number;
  if (hasCome || (wasCurrent && !isCurrent)) {
    setSaved(null);
    return [shown, setVersion];
  }
  if (isCurrent && !wasCurrent) setSaved({ version, wasCurrent: true });
  return [version, setVersion];
}
