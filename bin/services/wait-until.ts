import { setTimeout as delay } from 'node:timers/promises';

/** Asks `condition` every few milliseconds until it holds. Throws after `timeoutMs`, naming `what` did not happen. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  options: { what: string; timeoutMs: number; everyMs?: number },
): Promise<void> {
  const deadline = performance.now() + options.timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited ${Math.round(options.timeoutMs / 1000)} s in vain: ${options.what}.`);
    await delay(options.everyMs ?? 15);
  }
}
