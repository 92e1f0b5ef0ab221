export type TrackedWork = {
  /** Runs work of a thread with a signal that `stop` aborts. */
  run<Result>(threadId: string, work: (stop: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Aborts what runs for the thread, or everything and all that would come, and waits until it ended. */
  stop(threadId?: string): Promise<void>;
};

/** What runs for each thread. */
export function trackWork(): TrackedWork {
  const closing = new AbortController();
  const running = new Map<string, { stop: AbortController; work: Set<Promise<unknown>> }>();
  return {
    async run(threadId, work) {
      const thread = running.get(threadId) ?? { stop: new AbortController(), work: new Set() };
      running.set(threadId, thread);
      const promise = work(AbortSignal.any([thread.stop.signal, closing.signal]));
      thread.work.add(promise);
      try {
        return await promise;
      } finally {
        thread.work.delete(promise);
        if (thread.work.size === 0 && running.get(threadId) === thread) running.delete(threadId);
      }
    },
    async stop(threadId) {
      if (threadId === undefined) closing.abort();
      else running.get(threadId)?.stop.abort();
      const threads = threadId === undefined ? [...running.values()] : [running.get(threadId)];
      await Promise.allSettled(threads.flatMap((thread) => [...(thread?.work ?? [])]));
    },
  };
}
