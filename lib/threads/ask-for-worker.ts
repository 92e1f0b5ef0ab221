import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '#lib/context.ts';

const patienceMs = 1_000;

/**
 * Asks for a worker for a run that the ledger holds already. Never fails: while NATS is away the sweep of the workers asks instead, and a person who was
 * told of a failure would give the same goal twice.
 */
export async function askForWorker({ bus }: Pick<Services, 'bus'>, job: Parameters<Services['bus']['enqueue']>[0]): Promise<void> {
  const asked = bus.enqueue(job).catch(() => {});
  await Promise.race([asked, sleep(patienceMs, undefined, { ref: false })]);
}
