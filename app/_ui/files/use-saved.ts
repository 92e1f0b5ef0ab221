'use client';

import { useState } from 'react';

type Checkpoint = { checkpointId: string; number: number };

/** A file's text, and the checkpoint that it is of, where it may be edited. */
export type FileVersion = { text: string; base: Checkpoint | null };

type Saved = { text: string; base: Checkpoint };

/**
 * The file as the page shows it; after a save as it was saved, until the page comes with that checkpoint or a later one, or the thread, which is at
 * `currentCheckpointId`, has left it.
 */
export function useSaved(shown: FileVersion, currentCheckpointId: string | null): [FileVersion, (saved: Saved) => void] {
  const [saved, setSaved] = useState<{ version: Saved; wasCurrent: boolean } | null>(null);
  const setVersion = (version: Saved) => setSaved({ version, wasCurrent: false });
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
