import type { Uploaded } from '../../../_live/upload-file.ts';

/** The files beside a draft, as this device keeps them: Choir has their bytes, and waits a week for the words. */
export function readKept(draftKey: string): Uploaded[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(draftKey)) ?? '[]') as Uploaded[];
  } catch {
    // No storage on this device.
    return [];
  }
}

export function keepFiles(draftKey: string, files: readonly Uploaded[]): void {
  try {
    if (files.length > 0) localStorage.setItem(keyOf(draftKey), JSON.stringify(files));
    else localStorage.removeItem(keyOf(draftKey));
  } catch {
    // No storage on this device: they live as long as the page.
  }
}

function keyOf(draftKey: string): string {
  return `choir-draft:${draftKey}:files`;
}
