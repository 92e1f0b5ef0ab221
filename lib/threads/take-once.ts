import { type Person, requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { type Caused, findCaused } from '#lib/ledger/find-caused.ts';

type Once<Result> = {
  requestId: string | undefined;
  work(context: Context): Promise<Result>;
  /** The answer of the first time, from what it caused. */
  again(caused: Caused[]): Result | Promise<Result>;
};

/** Does `work`, or nothing when this person's request took effect before, even a moment ago in another process. */
export async function takeOnce<Result>(context: Context, { requestId, work, again }: Once<Result>): Promise<Result> {
  if (requestId === undefined) return work(context);
  const person = requirePerson(context.actor);
  const cause = `rq_${person.userId}_${requestId}`;
  const caused = await findCaused(context.database, cause);
  if (caused.length > 0) return again(caused);
  try {
    return await work({ ...context, actor: { ...person, cause } satisfies Person });
  } catch (error) {
    const meanwhile = await findCaused(context.database, cause);
    if (meanwhile.length === 0) throw error;
    return again(meanwhile);
  }
}

/** The thread and the run that a request brought about. */
export function placeOf(caused: Caused[]): { threadId: string; runId: string } {
  const [first] = caused;
  return { threadId: first?.threadId ?? '', runId: caused.find(({ runId }) => runId !== null)?.runId ?? '' };
}
