import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const users = pgTable('users', {
  id: text('id').primaryKey(),
  workspaceId: text('workspace_id')
    .notNull()
    .references(() => workspaces.id),
  name: text('name').notNull(),
  role: text('role', { enum: ['owner', 'member'] }).notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** Since when they may do nothing here any more; their name stays on what they did. */
  removedAt: instant('removed_at'),
});

/** One-time links that sign a device in. Only the hash of the code is kept. */
export const signInLinks = pgTable('sign_in_links', {
  codeHash: bytes('code_hash').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** A signed-in browser, or an API token: both are a secret of which only the hash is kept. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['device', 'token'] }).notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    secretHash: bytes('secret_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Null for a token that was never used. */
    lastSeenAt: instant('last_seen_at'),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [uniqueIndex('credentials_secret_hash').on(table.secretHash), index('credentials_user').on(table.userId)],
);
