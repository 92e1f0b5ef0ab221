import type { MediaKind } from './media-kind.ts';

/** A file of a thread that is shown as media. `href` gives its bytes, safe to load, and other bytes never; `at` is the checkpoint that it is read at. */
export type MediaFile = { threadId: string; path: string; at: string | undefined; href: string; kind: MediaKind };

export function fileName({ path }: Pick<MediaFile, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
