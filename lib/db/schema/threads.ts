import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { users, workspaces } from './people.ts';
import { projects } from './projects.ts';

export const threads = pgTable(
  'threads',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id),
    title: text('title').notNull(),
    seq: integer('seq').notNull(),
    runStatus: text('run_status', { enum: ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'] }),
    /** How much of its plan the run did, once it is completed. */
    runExtent: text('run_extent', { enum: ['whole', 'part', 'nothing'] }),
    agent: text('agent'),
    openApprovals: integer('open_approvals').notNull().default(0),
    /** The newest thing said or done, one line. */
    lastLine: text('last_line').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('threads_workspace_updated').on(table.workspaceId, table.updatedAt.desc())],
);

/** How far a person has read a thread, and up to where they put it away: what happens later brings it back. */
export const threadMarks = pgTable(
  'thread_marks',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    readSeq: integer('read_seq').notNull().default(0),
    archivedSeq: integer('archived_seq').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.userId, table.threadId] })],
);
