import type { ModelCall } from '#lib/core/model-call.ts';
import { isKeyRefused, wordsToMend } from '#workers/agents/model/model-error.ts';
import type { RunContext } from '#workers/run/run-context.ts';

/**
 * What a person must change where no call to a model of this run went through; null where one did, or a later one may. An agent tells of that in words of
 * its own, some take it for an end, and some try again for minutes. `inTurn`: it may try another model yet, but no other key.
 */
export async function modelTrouble(
  { database, threadId, runId }: Pick<RunContext, 'database' | 'threadId' | 'runId'>,
  { inTurn }: { inTurn: boolean },
): Promise<string | null> {
  // One that went through comes first, else the newest.
  const [found] = await database.sql<{ data: ModelCall }[]>`
    select data from events where thread_id = ${threadId} and run_id = ${runId} and type = 'model.called'
    order by data ->> 'outcome' = 'failed', seq desc limit 1`;
  if (found?.data.outcome !== 'failed') return null;
  const { error = '' } = found.data;
  const status = Number.parseInt(error, 10);
  return inTurn && !isKeyRefused(status, error) ? null : wordsToMend(status, found.data, error);
}
