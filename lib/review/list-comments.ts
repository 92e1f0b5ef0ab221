import type { Context } from '#lib/context.ts';
import { type CommentPlace, parseComment } from '#lib/core/comment.ts';
import { isHidden } from '#lib/core/state.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

/** What a person said about lines of a file. `seq` is that of the message that it was. */
export type LineComment = { seq: number; at: string; userId?: string; place: CommentPlace; quote: string; words: string };

const listed = 500;

/** Comments on lines in a thread, oldest first, the newest 500 of them; without those that a revert of the conversation took back. */
export async function listComments(context: Context, { threadId }: { threadId: string }): Promise<LineComment[]> {
  const { state } = await requireThread(context, threadId);
  const rows = await context.database.sql<{ seq: number; at: Date; user_id: string | null; text: string }[]>`
    select seq, at, user_id, data->>'text' as text from events
    where thread_id = ${threadId} and type in ('goal.given', 'guidance.given') and starts_with(data->>'text', 'About ')
    order by seq desc limit ${listed}`;
  return rows.toReversed().flatMap(({ seq, at, user_id, text }) => {
    const comment = isHidden(state.hidden, seq) ? null : parseComment(text);
    if (!comment?.place) return [];
    return [{ seq, at: at.toISOString(), userId: user_id ?? undefined, ...comment, place: comment.place }];
  });
}
