import { z } from 'zod';
import { authorOf } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

export const CheckpointName = z
  .string()
  .trim()
  .min(1, 'Give the checkpoint a name.')
  .max(120)
  .refine((name) => !/[\p{Cc}]/u.test(name) && name.isWellFormed(), 'A name is one line of text.');
export const NameCheckpoint = z.object({ threadId: z.string(), checkpointId: z.string(), name: CheckpointName });

export async function nameCheckpoint(context: Context, input: z.input<typeof NameCheckpoint>): Promise<void> {
  const { threadId, checkpointId, name } = NameCheckpoint.parse(input);
  const { person } = await requireThread(context, threadId);
  accepted(await context.ledger.command(threadId, authorOf(person), [{ type: 'name-checkpoint', checkpointId, name }]));
}
