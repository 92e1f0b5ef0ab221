import { createHash } from 'node:crypto';
import { type IdPrefix, newId } from '#lib/core/new-id.ts';

/** The id of what a request of `by` makes. The same request again makes the same one; without a request id each is another. */
export function idFor(prefix: IdPrefix, { by, requestId }: { by: string; requestId: string | undefined }): string {
  if (requestId === undefined) return newId(prefix);
  return `${prefix}_${createHash('sha256').update(`${by} ${requestId}`).digest('hex').slice(0, 16)}`;
}
