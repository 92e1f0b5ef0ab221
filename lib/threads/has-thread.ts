import { and, eq } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { threads } from '#lib/db/schema.ts';

/** Whether the person's workspace has this thread, without reading its state. */
export async function hasThread(context: Pick<Context, 'database' | 'actor'>, { threadId }: { threadId: string }): Promise<boolean> {
  const person = requirePerson(context.actor);
  const rows = await context.database.db
    .select({ id: threads.id })
    .from(threads)
    .where(and(eq(threads.id, threadId), eq(threads.workspaceId, person.workspaceId)));
  return rows.length > 0;
}
