'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Arrival, Outbox } from './create-outbox.ts';
import { deviceOutbox } from './device-outbox.ts';
import type { OutboxEntry } from './entry.ts';

const noEntries: readonly OutboxEntry[] = [];
const noArrivals: readonly Arrival[] = [];
const never = () => () => {};

/** What waits on this device to be sent, or came back refused, oldest first; `outbox` is null while the page comes to life. */
export function useOutbox(): { outbox: Outbox | null; entries: readonly OutboxEntry[]; arrivals: readonly Arrival[] } {
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  useEffect(() => setOutbox(deviceOutbox()), []);
  const entries = useSyncExternalStore(outbox?.subscribe ?? never, outbox?.getEntries ?? (() => noEntries), () => noEntries);
  const arrivals = useSyncExternalStore(outbox?.subscribe ?? never, outbox?.getArrivals ?? (() => noArrivals), () => noArrivals);
  return { outbox, entries, arrivals };
}
