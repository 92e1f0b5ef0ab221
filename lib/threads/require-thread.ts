import type { Person } from '#lib/auth/require-person.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ThreadState } from '#lib/core/state.ts';

/** The thread, and the person who may see it. Throws `not-found` for one that does not exist and for one of another workspace alike. */
export async function requireThread(context: Context, threadId: string): Promise<{ state: ThreadState; person: Person }> {
  const person = requirePerson(context.actor);
  const state = await context.ledger.load(threadId);
  if (state.seq === 0 || state.workspaceId !== person.workspaceId) throw new DomainError('not-found', 'There is no such thread.');
  return { state, person };
}
