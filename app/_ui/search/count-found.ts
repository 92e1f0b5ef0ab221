import { formatCount } from '#lib/core/words/format.ts';
import type { Found } from '#lib/search/search.ts';

/** How much a search found, for who hears the page: `1 thread, 4 events, 0 files`. */
export function countFound({ threads, events, files }: Pick<Found, 'threads' | 'events' | 'files'>): string {
  return [formatCount(threads.length, 'thread'), formatCount(events.length, 'event'), formatCount(files.length, 'file')].join(', ');
}
