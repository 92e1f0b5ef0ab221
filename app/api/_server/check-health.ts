import { isWorkerPresent } from '#lib/bus/worker-presence.ts';
import { services } from '#lib/services.ts';

const patienceMs = 3_000;

/** Asks every part, never longer than a few seconds, and never says more than up or down. */
export async function checkHealth() {
  const opened = services();
  const [database, worker] = await Promise.allSettled([
    within(opened.then((parts) => parts.database.sql`select 1`)),
    within(opened.then((parts) => isWorkerPresent(parts.bus))),
  ]);
  const up = database.status === 'fulfilled' && worker.status === 'fulfilled';
  return {
    status: up ? ('ok' as const) : ('degraded' as const),
    database: database.status === 'fulfilled' ? ('up' as const) : ('down' as const),
    nats: worker.status === 'fulfilled' ? ('up' as const) : ('down' as const),
    worker: worker.status === 'fulfilled' && worker.value ? ('present' as const) : ('absent' as const),
  };
}

function within<Value>(work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('No answer in time.')), patienceMs);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
