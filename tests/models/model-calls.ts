import type { ModelCall } from '#lib/core/model-call.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { readEvents } from '#lib/ledger/read-events.ts';

/** The calls to models that stand in a thread's ledger, oldest first. */
export async function modelCallsOf(database: Database, threadId: string): Promise<ModelCall[]> {
  const calls: ModelCall[] = [];
  for await (const events of readEvents(database, threadId, { types: ['model.called'] }))
    for (const event of events) if (event.type === 'model.called') calls.push(event.data);
  return calls;
}
