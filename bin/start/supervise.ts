import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceProcess } from '#bin/services/service-process.ts';

export type Part<Running extends ServiceProcess> = { running: Running; stop(): Promise<void> };

const firstDelayMs = 250;
const longestDelayMs = 15_000;
/** A part that lived this long starts with the shortest delay again. */
const steadyMs = 60_000;

/**
 * Starts a part and keeps it running: when it ends by itself it is started again, after a delay that doubles while it keeps ending.
 * `report` hears one line for each end. Throws when the first start fails. `stop` ends the part for good.
 */
export async function supervise<Running extends ServiceProcess>(options: {
  name: string;
  start: () => Promise<Running>;
  report: (line: string) => void;
}): Promise<Part<Running>> {
  const { name, start, report } = options;
  const stopped = new AbortController();
  const first = await start();
  let current: ServiceProcess = first;
  let delayMs = firstDelayMs;

  async function watch() {
    let since = performance.now();
    let reason = await current.exited;
    while (!stopped.signal.aborted) {
      if (performance.now() - since > steadyMs) delayMs = firstDelayMs;
      report(`${name} ended (${reason}), starting it again.`);
      await delay(delayMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
      if (stopped.signal.aborted) return;
      since = performance.now();
      try {
        current = await start();
        if (stopped.signal.aborted) return current.stop();
        reason = await current.exited;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
    }
  }

  const watching = watch();
  return {
    running: first,
    async stop() {
      stopped.abort();
      await current.stop();
      await watching;
    },
  };
}
