/** A file that arrived ahead of its words. */
export type KeptFile = { uploadId: string; name: string; bytes: number };

/** The files beside a draft, as this device keeps them: Choir has their bytes, and waits a week for the words. */
export function readKept(draftKey: string): KeptFile[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(draftKey)) ?? '[]') as KeptFile[];
  } catch {
    // No storage on this device.
    return [];
  }
}

export function keepFiles(draftKey: string, files: readonly KeptFile[]): void {
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
