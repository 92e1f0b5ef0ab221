import type { Context } from '#lib/context.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { requireThread } from './require-thread.ts';

/** The folded state of a thread: what a face shows first, and folds newer events into. */
export async function getThread(context: Context, { threadId }: { threadId: string }): Promise<ThreadState> {
  return (await requireThread(context, threadId)).state;
}
