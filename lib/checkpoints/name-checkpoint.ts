import { z } from 'zod';
import { authorOf } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { Command } from '#lib/core/decide.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

export const CheckpointName = z
  .string()
  .trim()
  .min(1, 'Give the checkpoint a name.')
  .max(120)
  .refine((name) => !/[\p{Cc}]/u.test(name) && name.isWellFormed(), 'A name is one line of text.');
export const NameCheckpoint = z.object({ threadId: z.string(), checkpointId: z.string(), name: CheckpointName });

/** Gives a checkpoint a name, in the place of the one before. Throws `not-found`. */
export async function nameCheckpoint(context: Context, input: z.input<typeof NameCheckpoint>): Promise<void> {
  const { threadId, checkpointId, name } = NameCheckpoint.parse(input);
  const { person } = await requireThread(context, threadId);
  const isNamed = ({ checkpoints }: ThreadState) => checkpoints.some((one) => one.checkpointId === checkpointId && one.name === name);
  const naming = (state: ThreadState): Command[] => (isNamed(state) ? [] : [{ type: 'name-checkpoint', checkpointId, name }]);
  accepted(await context.ledger.command(threadId, authorOf(person), naming));
}
