import { sql } from 'drizzle-orm';
import { boolean, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { users, workspaces } from './people.ts';

export type ProjectOrigin = { kind: 'template'; template: string } | { kind: 'git'; url: string } | { kind: 'upload'; fileName: string };

export const projects = pgTable(
  'projects',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    name: text('name').notNull(),
    origin: jsonb('origin').$type<ProjectOrigin>().notNull(),
    headCommit: text('head_commit').notNull(),
    /** Whether commands of this project may use the network without being asked first. */
    networkAllowed: boolean('network_allowed').notNull().default(false),
    createdBy: text('created_by')
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Of the request that made it, so that the same one again finds it. */
    requestId: text('request_id'),
  },
  (table) => [uniqueIndex('projects_workspace_name').on(table.workspaceId, sql`lower(${table.name})`)],
);
