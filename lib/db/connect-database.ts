import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { DomainError } from '#lib/core/domain-error.ts';
import * as schema from './schema.ts';

const mostSessions = 32;
/** Past what any statement of Choir takes. A server that hangs as a whole is noticed by `authenticate`. */
const statementTimeoutMs = 60_000;
const connectTimeoutSeconds = 10;

export type Database = {
  /** For hand-written statements: appends, locks. */
  sql: Sql;
  /**
   * A connection of its own for whoever holds an advisory lock or waits for one; `end` it. `onClose` hears when it breaks. Throws `unavailable` past
   * 32 of them. No connection reserved from a pool: once that breaks, the next statement on it throws where nobody can catch it and ends the process.
   */
  openSession(onClose: () => void): Sql;
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
  const quiet = { onnotice: () => {}, connect_timeout: connectTimeoutSeconds, connection: { application_name: 'choir' } };
  const bounded = { ...quiet, max: connections, connection: { ...quiet.connection, statement_timeout: statementTimeoutMs } };
  const sql = postgres(url, bounded);
  const client = postgres(url, bounded);
  const sessions = new Set<Sql>();
  return {
    sql,
    openSession(onClose) {
      if (sessions.size >= mostSessions) throw new DomainError('unavailable', 'Too much waits at once. Try again in a moment.');
      const session = postgres(url, { max: 1, ...quiet, onclose: onClose });
      sessions.add(session);
      const { end } = session;
      session.end = (options) => {
        sessions.delete(session);
        return end(options);
      };
      return session;
    },
    db: drizzle(client, { schema }),
    url,
    async close() {
      await Promise.all([sql, client, ...sessions].map((pool) => pool.end({ timeout: 5 })));
    },
  };
}
