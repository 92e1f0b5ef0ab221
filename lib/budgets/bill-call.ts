import type { ModelCall } from '#lib/core/model-call.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { modelCalls } from '#lib/db/schema.ts';

/** Whose a call is; '' for what it does not belong to. */
export type Billed = { workspaceId: string; projectId: string; threadId: string; runId: string; agent: string };

/** A call on the bill that no ledger has: a transcription before there is a thread, or one whose thread was deleted meanwhile. Billed again, it takes the place of what was said of it before. */
export async function billCall({ database }: { database: Database }, billed: Billed, call: ModelCall): Promise<void> {
  const { modelCallId, provider, model, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, outcome } = call;
  const counted = { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, outcome };
  await database.db
    .insert(modelCalls)
    .values({ id: modelCallId, ...billed, provider, model, ...counted, at: new Date() })
    .onConflictDoUpdate({ target: modelCalls.id, set: counted });
}
