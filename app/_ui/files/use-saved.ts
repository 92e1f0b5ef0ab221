'use client';

import { useState } from 'react';

/** A file's text, and the checkpoint that it is of, where it may be edited. */
export type FileVersion = { text: string; base: { checkpointId: string; number: number } | null };

/** The file as the page shows it; after a save as it was saved, until the page comes with another checkpoint. */
export function useSaved(shown: FileVersion): [FileVersion, (saved: FileVersion) => void] {
  const [saved, setSaved] = useState<{ version: FileVersion; over: string | undefined }>();
  const over = shown.base?.checkpointId;
  return [saved && saved.over === over ? saved.version : shown, (version) => setSaved({ version, over })];
}
