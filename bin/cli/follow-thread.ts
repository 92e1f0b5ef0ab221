import { setTimeout as pause } from 'node:timers/promises';
import { LedgerEvent } from '#lib/core/event.ts';
import { fold } from '#lib/core/fold.ts';
import { emptyThread, type ThreadState } from '#lib/core/state.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { Client } from './client.ts';
import { readSse } from './read-sse.ts';

const slowestRetryMs = 5_000;

export type Step = { state: ThreadState; event: LedgerEvent };

/**
 * Every event of a thread after `from` and the state it leads to, live, until the caller stops or `signal` aborts. A lost connection or a gap
 * is repaired by asking again after the last seq that was folded; `onLost` hears of the first failure of each outage.
 */
export async function* followThread(
  client: Client,
  { threadId, from = emptyThread, signal, onLost }: { threadId: string; from?: ThreadState; signal: AbortSignal; onLost: () => void },
): AsyncGenerator<Step> {
  let state = from;
  let retryMs = 250;
  while (!signal.aborted) {
    try {
      const path = `/api/threads/${encodeURIComponent(threadId)}/events?after=${state.seq}`;
      const response = await client.open(path, { accept: 'text/event-stream', signal });
      if (!response.body) throw new CliError('The server sent no stream.', exitCodes.failed);
      for await (const { event: kind, data } of readSse(response.body)) {
        if (kind !== 'message') continue;
        const event = LedgerEvent.parse(JSON.parse(data));
        if (event.seq <= state.seq) continue;
        if (event.seq > state.seq + 1) break;
        state = fold(state, event);
        retryMs = 250;
        yield { state, event };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof CliError && error.exitCode === exitCodes.refused) throw error;
    }
    if (retryMs === 500) onLost();
    await pause(retryMs, undefined, { signal }).catch(() => {});
    retryMs = Math.min(retryMs * 2, slowestRetryMs);
  }
}
