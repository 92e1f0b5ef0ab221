import type { ExecResult } from '../../sandbox.ts';

export type Deadline = { ended(): ExecResult['ended'] | null; [Symbol.dispose](): void };

/** Calls `kill` once, at the time limit or when the signal aborts, whichever is first, and remembers which it was. */
export function startDeadline(signal: AbortSignal, timeoutMs: number, kill: () => void): Deadline {
  let ended: ExecResult['ended'] | null = null;
  const end = (why: ExecResult['ended']) => {
    if (ended) return;
    ended = why;
    kill();
  };
  const onAbort = () => end('aborted');
  const timer = setTimeout(() => end('timed-out'), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    ended: () => ended,
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
