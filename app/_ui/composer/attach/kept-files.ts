import type { KeptKey } from '../../../_live/device/kept-key.ts';
import { keepWords, keptValue } from '../../../_live/device/kept-words.ts';
import type { Uploaded } from '../../../_live/upload-file.ts';
import { storageKey } from '../../base/use-draft.ts';

/** The files beside a draft, as this device keeps them: Choir has their bytes, and waits a week for the words. */
export function readKept(draftKey: string): Uploaded[] {
  return (keptValue(keyOf(draftKey)) ?? []) as Uploaded[];
}

export function keepFiles(draftKey: string, files: readonly Uploaded[]): void {
  keepWords(keyOf(draftKey), files.length > 0 ? JSON.stringify(files) : '');
}

function keyOf(draftKey: string): KeptKey {
  return storageKey(`${draftKey}:files`);
}
