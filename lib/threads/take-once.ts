import { type Person, requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { EventType } from '#lib/core/event.ts';
import { type Caused, findCaused } from '#lib/ledger/find-caused.ts';

type Once<Result> = {
  requestId: string | undefined;
  /** What such a request causes first, and in which thread where that is known before. */
  causes: readonly EventType[];
  threadId?: string;
  work(context: Context): Promise<Result>;
  /** The answer of the first time, from what it caused. */
  again(caused: Caused[]): Result | Promise<Result>;
};

/**
 * Does `work`, or nothing when this person's request took effect before, even a moment ago in another process. Throws `conflict` when the id was that of
 * another request: nothing of this one was done, so no answer may say it was.
 */
export async function takeOnce<Result>(context: Context, { requestId, causes, threadId, work, again }: Once<Result>): Promise<Result> {
  if (requestId === undefined) return work(context);
  const person = requirePerson(context.actor);
  const cause = `rq_${person.userId}_${requestId}`;
  const answer = (caused: Caused[]) => {
    const [first] = caused;
    if (!first || !causes.includes(first.type) || (threadId !== undefined && first.threadId !== threadId))
      throw new DomainError('conflict', 'This request id was used for something else.');
    return again(caused);
  };
  const caused = await findCaused(context.database, cause);
  if (caused.length > 0) return answer(caused);
  try {
    return await work({ ...context, actor: { ...person, cause } satisfies Person });
  } catch (error) {
    const meanwhile = await findCaused(context.database, cause);
    if (meanwhile.length === 0) throw error;
    return answer(meanwhile);
  }
}

/** The thread and the run that a request brought about. */
export function placeOf(caused: Caused[]): { threadId: string; runId: string } {
  const [first] = caused;
  return { threadId: first?.threadId ?? '', runId: caused.find(({ runId }) => runId !== null)?.runId ?? '' };
}
