import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import * as schema from './schema.ts';

const lockConnections = 12;

export type Database = {
  /** For hand-written statements: appends, locks. */
  sql: Sql;
  /** For sessions that hold an advisory lock or wait for one: a pool of its own, so that waiting starves nobody who works. */
  locks: Sql;
  /** For everything else. */
  db: PostgresJsDatabase<typeof schema>;
  url: string;
  close(): Promise<void>;
};

/**
 * Opens its pools on one server: drizzle replaces the serializers of the client it is given, so the raw client is another one.
 * Connects at first use; `close` waits up to 5 s for statements under way.
 */
export function connectDatabase(url: string, options: { connections?: number } = {}): Database {
  const connections = options.connections ?? 8;
  const quiet = { onnotice: () => {}, connection: { application_name: 'choir' } };
  const sql = postgres(url, { max: connections, ...quiet });
  const client = postgres(url, { max: connections, ...quiet });
  const locks = postgres(url, { max: lockConnections, idle_timeout: 30, ...quiet });
  return {
    sql,
    locks,
    db: drizzle(client, { schema }),
    url,
    async close() {
      await Promise.all([sql, client, locks].map((pool) => pool.end({ timeout: 5 })));
    },
  };
}
