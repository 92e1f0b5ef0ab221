import { type EventKind, eventKinds } from '#lib/core/event-kind.ts';

/** What of a ledger a timeline shows, as it stands in its address. `since` and `until` are ISO instants. */
export type TimelineFilter = { kind?: EventKind; agent?: string; file?: string; text?: string; since?: string; until?: string };

const longest = { agent: 100, file: 4_096, text: 200 } as const;

/** Reads an address that anybody may have written: what makes no sense is left out. */
export function parseFilter(asked: Record<string, string | string[] | undefined>): TimelineFilter {
  const filter: TimelineFilter = {};
  const kind = eventKinds.find((known) => known === asked.kind);
  if (kind) filter.kind = kind;
  for (const field of ['agent', 'file', 'text'] as const) {
    const value = asked[field];
    if (typeof value === 'string' && value !== '' && value.length <= longest[field] && isStorable(value)) filter[field] = value;
  }
  for (const field of ['since', 'until'] as const) {
    const value = asked[field];
    const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(instant)) filter[field] = new Date(instant).toISOString();
  }
  return filter;
}

/** The filter as the query of an address, without its question mark; the same for equal filters. */
export function filterQuery(filter: TimelineFilter): string {
  const fields = ['kind', 'agent', 'file', 'text', 'since', 'until'] as const;
  return new URLSearchParams(fields.flatMap((field) => (filter[field] ? [[field, filter[field]]] : []))).toString();
}

function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}
