import type { PendingQuery, Row } from 'postgres';
import type { EventType } from '#lib/core/event.ts';
import { type EventKind, typesOf } from '#lib/core/event-kind.ts';
import type { Database } from '#lib/db/connect-database.ts';

/** What a reader wants of a ledger. `since` and `until` are ISO instants, `until` exclusive; `file` and `text` look at every string of the data. */
export type EventFilter = {
  type?: EventType;
  types?: readonly EventType[];
  kind?: EventKind;
  agent?: string;
  run?: string;
  file?: string;
  text?: string;
  since?: string;
  until?: string;
};

/** The conditions of a `where` for a thread's events, cheapest first. */
export function filterConditions(sql: Database['sql'], threadId: string, filter: EventFilter): PendingQuery<Row[]> {
  const { agent, run, file, text, since, until } = filter;
  const types = wantedTypes(filter);
  return sql`thread_id = ${threadId}
    ${types ? sql`and type = any(${types}::text[])` : sql``}
    ${agent === undefined ? sql`` : sql`and agent_id = ${agent}`}
    ${run === undefined ? sql`` : sql`and run_id = ${run}`}
    ${since === undefined ? sql`` : sql`and at >= ${since}`}
    ${until === undefined ? sql`` : sql`and at < ${until}`}
    ${file === undefined ? sql`` : sql`and data @? ${`strict $.** ? (@ == ${pathString(file)})`}::jsonpath`}
    ${text === undefined ? sql`` : sql`and data @? ${`strict $.** ? (@ like_regex ${pathString(text)} flag "iq")`}::jsonpath`}`;
}

function wantedTypes({ type, types, kind }: EventFilter): EventType[] | null {
  if (type === undefined && types === undefined && kind === undefined) return null;
  const ofKind = kind === undefined ? undefined : typesOf(kind);
  const wanted = type === undefined ? (types ?? ofKind ?? []) : [type];
  return wanted.filter((one) => (types?.includes(one) ?? true) && (ofKind?.includes(one) ?? true));
}

/** A string inside a jsonpath, which writes them as JSON does. */
function pathString(value: string): string {
  return JSON.stringify(value);
}
