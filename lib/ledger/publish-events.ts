import type { Bus } from '#lib/bus/connect-bus.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import type { Database } from '#lib/db/connect-database.ts';

/** Sends appended events to NATS behind the append's back, in order, and clears them from the outbox. What fails here the relay sends. */
export function createPublisher({ database, bus }: { database: Database; bus: Bus }) {
  const underWay = new Set<Promise<unknown>>();
  let sent: number[] = [];
  let clearing = false;

  function track(work: Promise<unknown>): void {
    const settled = work.catch(() => {}).finally(() => underWay.delete(settled));
    underWay.add(settled);
  }

  async function clear(): Promise<void> {
    if (clearing) return;
    clearing = true;
    try {
      while (sent.length > 0) {
        const positions = sent;
        sent = [];
        await database.sql`delete from outbox where position = any(${positions}::bigint[])`;
      }
    } finally {
      clearing = false;
    }
  }

  return {
    track,
    publish(workspaceId: string, events: LedgerEvent[]): void {
      for (const event of events) {
        track(
          bus.publishEvent(workspaceId, event).then(() => {
            sent.push(event.position);
            return clear();
          }),
        );
      }
    },
    async close(): Promise<void> {
      await Promise.all(underWay);
    },
  };
}
