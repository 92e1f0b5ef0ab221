import { lstatSync } from 'node:fs';
import { mediaTypeOf } from '#lib/core/media-type.ts';
import type { Artifact } from '#lib/core/tool.ts';
import type { TreeChange } from '#lib/git/commit/tree-change.ts';

const mostArtifacts = 20;

/** Files among the changes that a face can show as media, outside of dependency folders; the first twenty. */
export function mediaArtifacts(changes: TreeChange[]): Artifact[] {
  return changes
    .flatMap((change) => {
      const mediaType = mediaTypeOf(change.path);
      if (change.kind !== 'file' || !mediaType || /(^|\/)node_modules\//.test(change.path)) return [];
      return [{ path: change.path, mediaType, source: change.source }];
    })
    .slice(0, mostArtifacts)
    .map(({ path, mediaType, source }) => ({ path, mediaType, bytes: lstatSync(source).size }));
}
