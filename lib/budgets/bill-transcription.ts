import type { ModelCall } from '#lib/core/model-call.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { modelCalls } from '#lib/db/schema.ts';
import type { Spender } from '#lib/speech/ask-transcriber.ts';

/** How the bill names what turns speech into text, beside the agents. */
export const transcriptionAgent = 'transcription';

/**
 * A transcription on the bill. It belongs to no run, so no ledger has it; it is written before it is sent, at what it may cost, and again with
 * what it did cost: a gateway that is killed in between takes nothing off the bill.
 */
export async function billTranscription({ database }: { database: Database }, spender: Spender, call: ModelCall): Promise<void> {
  const { modelCallId, provider, model, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, outcome } = call;
  const counted = { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, costUsd, outcome };
  await database.db
    .insert(modelCalls)
    .values({ id: modelCallId, ...spender, runId: '', agent: transcriptionAgent, provider, model, ...counted, at: new Date() })
    .onConflictDoUpdate({ target: modelCalls.id, set: counted });
}
