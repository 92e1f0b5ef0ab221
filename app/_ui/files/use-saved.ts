'use client';

import { useState } from 'react';

/** A file's text, and the checkpoint that it is of, where it may be edited. */
export type FileVersion = { text: string; base: { checkpointId: string; number: number } | null };

/** The file as the page shows it; after a save as it was saved, until the page comes with another checkpoint. */
export function useSaved(shown: FileVersion): [FileVersion, (saved: FileVersion) => void] {
  const over = shown.base?.checkpointId;
  const [saved, setSaved] = useState<{ version: FileVersion | null; over: string | undefined }>({ version: null, over });
  // Gone for good: a revert may bring the checkpoint back that it was saved over.
  if (saved.over !== over) setSaved({ version: null, over });
  const version = saved.over === over ? saved.version : null;
  return [version ?? shown, (next) => setSaved({ version: next, over })];
}
