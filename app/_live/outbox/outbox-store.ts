import { withStore } from './device-database.ts';
import type { OutboxEntry } from './entry.ts';

export type OutboxStore = {
  /** Oldest first. */
  all(): Promise<OutboxEntry[]>;
  /** Resolves when it would survive the battery. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry>;
  put(entry: OutboxEntry): Promise<void>;
  remove(order: number): Promise<void>;
};

/** The outbox in this device's database. */
export const durableStore: OutboxStore = {
  all: () => withStore<OutboxEntry[]>('outbox', 'readonly', (objects) => objects.getAll()),
  async add(entry) {
    const order = await withStore<IDBValidKey>('outbox', 'readwrite', (objects) => objects.add(entry));
    return { ...entry, order: Number(order) };
  },
  async put(entry) {
    await withStore<IDBValidKey>('outbox', 'readwrite', (objects) => objects.put(entry));
  },
  async remove(order) {
    await withStore<undefined>('outbox', 'readwrite', (objects) => objects.delete(order));
  },
};

/** The part of a store that is this person's. */
export function storeOf(userId: string, store: OutboxStore): OutboxStore {
  return { ...store, all: async () => (await store.all()).filter((entry) => entry.userId === userId) };
}

/** For a device that stores nothing: as long as the page lives. */
export function memoryStore(): OutboxStore {
  const entries = new Map<number, OutboxEntry>();
  let last = 0;
  return {
    all: async () => [...entries.values()],
    async add(entry) {
      last += 1;
      entries.set(last, { ...entry, order: last });
      return { ...entry, order: last };
    },
    async put(entry) {
      entries.set(entry.order, entry);
    },
    async remove(order) {
      entries.delete(order);
    },
  };
}
