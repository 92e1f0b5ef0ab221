import { lstatSync } from 'node:fs';
import { extname } from 'node:path';
import type { Artifact } from '#lib/core/tool.ts';
import type { TreeChange } from '#lib/git/tree-change.ts';

const mostArtifacts = 20;

const mediaTypes: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.flac': 'audio/flac',
  '.gif': 'image/gif',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.m4a': 'audio/mp4',
  '.mov': 'video/quicktime',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.ogg': 'audio/ogg',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
};

/** Files among the changes that a face can show as media, outside of dependency folders; the first twenty. */
export function mediaArtifacts(changes: TreeChange[]): Artifact[] {
  return changes
    .flatMap((change) => {
      const mediaType = mediaTypes[extname(change.path).toLowerCase()];
      if (change.kind !== 'file' || !mediaType || /(^|\/)node_modules\//.test(change.path)) return [];
      return [{ path: change.path, mediaType, source: change.source }];
    })
    .slice(0, mostArtifacts)
    .map(({ path, mediaType, source }) => ({ path, mediaType, bytes: lstatSync(source).size }));
}
