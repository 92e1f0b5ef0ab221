'use client';

import { useSyncExternalStore } from 'react';
import { createDraftFiles, type DraftFiles, noFiles } from './draft-files.ts';

export type Attachments = ReturnType<typeof useAttachments>;

const drafts = new Map<string, DraftFiles>();

/** The files beside a draft: the same wherever in the app it is gone on with, as long as the page lives. */
export function useAttachments(draftKey: string) {
  const draft = draftOf(draftKey);
  const view = useSyncExternalStore(draft.subscribe, draft.getView, () => noFiles);
  return { ...view, ...draft };
}

function draftOf(key: string): DraftFiles {
  const draft = drafts.get(key) ?? createDraftFiles(key);
  // On the server there is a draft for each picture of a page, and none stays.
  if (typeof window !== 'undefined') drafts.set(key, draft);
  return draft;
}
