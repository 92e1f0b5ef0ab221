import type { RunContext } from '#workers/run/run-context.ts';

/** Calls `onWords` whenever the person says something to the thread, until what it gives is called. */
export function hearGuidance({ bus, threadId }: RunContext, workspaceId: string, onWords: () => void): () => void {
  const events = bus.follow(workspaceId, threadId);
  const follow = async () => {
    for await (const event of events) if (event.type === 'guidance.given') onWords();
  };
  follow().catch(() => {});
  return () => events.close();
}
