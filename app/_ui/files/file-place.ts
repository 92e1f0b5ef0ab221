import { threadPath } from '../../_live/thread-path.ts';

/** A path of a thread's tree at a point of it; without `at` the current one. */
export type FilePlace = { threadId: string; path: string; at?: string };

/** In the address of a file that was just made, which opens to be written. */
export const newFileHash = '#new';

/** `from`: the view that its way back leads to, where that is not the folder. */
export function filesHref({ threadId, path, at }: FilePlace, from?: 'media'): string {
  return `/threads/${encodeURIComponent(threadId)}/files?${search({ path, at, from })}`;
}

/** Where the bytes are, served so that they cannot act as a page of Choir. */
export function rawHref({ threadId, path, at }: FilePlace, download = false): string {
  return threadPath(threadId, `/raw?${search({ path, at, download: download ? '1' : undefined })}`);
}

function search(values: Record<string, string | undefined>): string {
  const known = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(known).toString();
}
