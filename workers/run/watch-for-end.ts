import type { Services } from '#lib/context.ts';
import { isActive } from '#lib/core/state.ts';

const lookEveryMs = 1_000;

/** A signal that aborts when the run ends behind the worker's back: at once by its event, within a second when the event was missed. */
export function watchForEnd(
  { bus, ledger }: Services,
  workspaceId: string,
  threadId: string,
  runId: string,
): { signal: AbortSignal; close(): void } {
  const ended = new AbortController();
  const events = bus.follow(workspaceId, threadId);
  const look = async () => {
    const { run } = await ledger.load(threadId);
    if (!isActive(run) || run.runId !== runId) ended.abort();
  };
  const timer = setInterval(() => look().catch(() => {}), lookEveryMs);
  const follow = async () => {
    for await (const event of events) if (event.type === 'run.cancelled' && event.runId === runId) ended.abort();
  };
  follow().catch(() => {});
  return {
    signal: ended.signal,
    close() {
      clearInterval(timer);
      events.close();
    },
  };
}
