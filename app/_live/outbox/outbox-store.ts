import { withStore } from './device-database.ts';
import type { OutboxEntry } from './entry.ts';

export type OutboxStore = {
  /** Oldest first. */
  all(): Promise<OutboxEntry[]>;
  /** Resolves when it would survive the battery. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry>;
  /** Puts an entry in its own place; nothing where it was taken out meanwhile. */
  replace(entry: OutboxEntry): Promise<void>;
  remove(order: number): Promise<void>;
};

/** The outbox in this device's database. */
export const durableStore: OutboxStore = {
  all: () => withStore<OutboxEntry[]>('outbox', 'readonly', (objects) => objects.getAll()),
  async add(entry) {
    const order = await withStore<IDBValidKey>('outbox', 'readwrite', (objects) => objects.add(entry));
    return { ...entry, order: Number(order) };
  },
  async replace(entry) {
    await withStore('outbox', 'readwrite', (objects) => {
      const found = objects.openCursor(entry.order);
      found.onsuccess = () => found.result?.update(entry);
      return found;
    });
  },
  async remove(order) {
    await withStore<undefined>('outbox', 'readwrite', (objects) => objects.delete(order));
  },
};

/** The part of a store that is this person's. */
export function storeOf(userId: string, store: OutboxStore): OutboxStore {
  return { ...store, all: async () => (await store.all()).filter((entry) => entry.userId === userId) };
}

/** As long as the page lives. Its orders follow `first`. */
export function memoryStore(first = 0): OutboxStore {
  const entries = new Map<number, OutboxEntry>();
  let last = first;
  return {
    all: async () => [...entries.values()],
    async add(entry) {
      last += 1;
      entries.set(last, { ...entry, order: last });
      return { ...entry, order: last };
    },
    async replace(entry) {
      if (entries.has(entry.order)) entries.set(entry.order, entry);
    },
    async remove(order) {
      entries.delete(order);
    },
  };
}

/** No database counts this far. */
const firstInMemory = 2 ** 50;

/** Whether an entry outlives the page. */
export function isDurable({ order }: OutboxEntry): boolean {
  return order <= firstInMemory;
}

/** For a device that stores nothing, or no more: what it cannot store lives as long as the page, behind what it stored before. */
export function withMemory(stored: OutboxStore): OutboxStore {
  const memory = memoryStore(firstInMemory);
  const storeWith = (order: number) => (order > firstInMemory ? memory : stored);
  return {
    async all() {
      const unstored = await memory.all();
      const before = await stored.all().catch((error: unknown) => {
        if (unstored.length === 0) throw error;
        return [];
      });
      return [...before, ...unstored];
    },
    async add(entry) {
      // Stored now, it would go before what could not be.
      if ((await memory.all()).length > 0) return memory.add(entry);
      return stored.add(entry).catch(() => memory.add(entry));
    },
    replace: (entry) => storeWith(entry.order).replace(entry),
    remove: (order) => storeWith(order).remove(order),
  };
}
