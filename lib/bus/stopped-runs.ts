import type { Bus } from './connect-bus.ts';

const subject = (runId: string) => `stopped.${runId}`;

/** Tells who waits that no process of an ended run is left. */
export function publishStopped(bus: Bus, runId: string): void {
  if (!bus.connection.isClosed()) bus.connection.publish(subject(runId));
}

/** Resolves true when a worker says so from now on, false after `waitMs`. Listens as soon as it returns. */
export async function heardStopped(bus: Bus, runId: string, waitMs: number): Promise<boolean> {
  const heard = Promise.withResolvers<boolean>();
  const subscription = bus.connection.subscribe(subject(runId), { max: 1, callback: () => heard.resolve(true) });
  const timer = setTimeout(() => heard.resolve(false), waitMs);
  try {
    return await heard.promise;
  } finally {
    clearTimeout(timer);
    subscription.unsubscribe();
  }
}
