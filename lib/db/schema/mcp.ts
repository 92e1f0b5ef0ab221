import { boolean, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';
import { users } from './people.ts';
import { projects } from './projects.ts';

/**
 * How an MCP server is reached: a command inside the sandbox with the hosts it may reach, one that comes with Choir, or an address outside.
 * `privateAddress`: the owner's address was a private one when it was set, and only then may it be.
 */
export type McpTransport =
  | { kind: 'stdio'; command: string; args: string[]; env: Record<string, string>; hosts?: string[] }
  | { kind: 'ready'; entry: string }
  | { kind: 'http'; url: string; headers: Record<string, string>; privateAddress?: boolean };

export const mcpSignInStates = ['needed', 'done', 'lapsed'] as const;

export const mcpServers = pgTable(
  'mcp_servers',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id),
    name: text('name').notNull(),
    transport: jsonb('transport').$type<McpTransport>().notNull(),
    enabled: boolean('enabled').notNull().default(true),
    /** What a worker found when it last asked the server: the names of its tools, or why there are none. */
    tools: jsonb('tools').$type<string[]>(),
    problem: text('problem'),
    checkedAt: instant('checked_at'),
    /** Whether a person must sign in to it, and has; null: it wants none. */
    signIn: text('sign_in', { enum: mcpSignInStates }),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('mcp_servers_project_name').on(table.projectId, table.name)],
);

/** The tokens of servers that a person signed in to: see lib/mcp/oauth. */
export const mcpSignIns = pgTable('mcp_sign_ins', {
  serverId: text('server_id')
    .primaryKey()
    .references(() => mcpServers.id, { onDelete: 'cascade' }),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  sealed: bytes('sealed').notNull(),
  signedInAt: instant('signed_in_at').notNull().defaultNow(),
});

/** People on their way to such a server's sign-in page and back. Only the hash of the state is kept; a row counts once. */
export const mcpSignInAttempts = pgTable('mcp_sign_in_attempts', {
  stateHash: bytes('state_hash').primaryKey(),
  serverId: text('server_id')
    .notNull()
    .references(() => mcpServers.id, { onDelete: 'cascade' }),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  sealed: bytes('sealed').notNull(),
  expiresAt: instant('expires_at').notNull(),
});
