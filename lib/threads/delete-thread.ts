import type { TransactionSql } from 'postgres';
import { requireOwner } from '#lib/auth/require-owner.ts';
import { forgetThread } from '#lib/bus/forget-thread.ts';
import type { Context } from '#lib/context.ts';
import { removeThreadRefs } from '#lib/git/store/remove-thread-refs.ts';
import { removeFolder } from '#lib/git/tree/remove-folder.ts';
import { stopActiveRun } from './cancel-run.ts';
import { personWaitMs, withThreadLock } from './lock-thread.ts';
import { requireThread } from './require-thread.ts';

/**
 * Removes a thread for good: its events, checkpoints, files and branch. Its run is stopped first, with every process. What its models cost stays on the
 * bill, and what the project took over of its work stays in the project. Owner only. Throws `not-found`, `conflict` when it stays busy.
 */
export async function deleteThread(context: Context, { threadId }: { threadId: string }): Promise<void> {
  requireOwner(context.actor, 'Only the owner of the workspace deletes threads.');
  const { state } = await requireThread(context, threadId);
  await stopActiveRun(context, threadId, 'The thread is deleted.');
  await withThreadLock(context.database, threadId, personWaitMs, async () => {
    // While it is there its project is, too; somebody else may have deleted both.
    const [project] = await context.database.sql<{ headCommit: string }[]>`
      select head_commit as "headCommit" from projects join threads on threads.project_id = projects.id where threads.id = ${threadId}`;
    if (!project) return;
    await removeThreadRefs({ store: context.home.store(state.projectId), threadId, ...project });
    await context.database.sql.begin((sql) => removeRows(sql, threadId));
    await removeFolder(context.home.thread(threadId));
  });
  await forgetThread(context.bus, state.workspaceId, threadId);
}

/** The thread's row first: whoever would append an event or keep a snapshot meanwhile waits, and then finds no thread. */
async function removeRows(sql: TransactionSql, threadId: string): Promise<void> {
  await sql`select 1 from threads where id = ${threadId} for update`;
  await sql`delete from outbox where position in (select position from events where thread_id = ${threadId})`;
  await sql`delete from budgets where scope = 'thread' and scope_id = ${threadId}`;
  await sql`delete from rules where scope_id = ${threadId} or (scope = 'run' and scope_id in (select id from runs where thread_id = ${threadId}))`;
  await sql`update telegram_chats set current_thread_id = null where current_thread_id = ${threadId}`;
  for (const table of ofThreads) await sql`delete from ${sql(table)} where thread_id = ${threadId}`;
  await sql`delete from threads where id = ${threadId}`;
}

/** Tables whose rows are of one thread, besides `model_calls`, which is the bill. A test holds this list against the schema. */
export const ofThreads = [
  'approvals',
  'checkpoints',
  'device_presence',
  'events',
  'notification_choices',
  'notifications',
  'runs',
  'snapshots',
  'telegram_files',
  'telegram_messages',
  'telegram_places',
  'thread_marks',
] as const;
