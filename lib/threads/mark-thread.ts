import { z } from 'zod';
import { requirePerson } from '#lib/auth/require-person.ts';
import { publishListChange } from '#lib/bus/list-changes.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';

/**
 * `readSeq`: how far the person has read; 0 makes the thread unread.
 * `archived`: out of the list until something happens in it after the event `seq`, the newest one that the person had seen; without it, from now on.
 * Of either, less than is known already changes nothing, and more than there is means all.
 */
export const MarkThread = z.object({
  threadId: z.string(),
  readSeq: z.number().int().nonnegative().max(2_147_483_647).optional(),
  archived: z.boolean().optional(),
  seq: z.number().int().nonnegative().max(2_147_483_647).optional(),
});

/** Keeps how far a person has read a thread and whether they archived it. Theirs alone: their devices hear of it, and nobody else's list changes. Throws `not-found`. */
export async function markThread(context: Context, { threadId, readSeq, archived, seq }: z.infer<typeof MarkThread>): Promise<void> {
  const { userId, workspaceId } = requirePerson(context.actor);
  const { sql } = context.database;
  const marked = await sql`
    insert into thread_marks as marks (user_id, thread_id, read_seq, archived_seq)
    select ${userId}, id, least(seq, ${readSeq ?? 0}), case when ${archived === true} then least(seq, ${seq ?? null}::integer) else 0 end
    from threads where id = ${threadId} and workspace_id = ${workspaceId}
    on conflict (user_id, thread_id) do update set
      read_seq = case when ${readSeq === 0} then 0 else greatest(marks.read_seq, excluded.read_seq) end,
      archived_seq = case when ${archived === false} then 0 else greatest(marks.archived_seq, excluded.archived_seq) end`;
  if (marked.count === 0) throw new DomainError('not-found', 'There is no such thread.');
  publishListChange(context.bus, workspaceId, userId);
}
