import { withStore } from './device-database.ts';

/** What another app shared into Choir. */
export type Shared = { order: number; text: string; files: File[] };

/** What was shared and nobody picked up yet, taken out of the device's storage. */
export function takeShared(): Promise<Shared[]> {
  // In one transaction: what is shared meanwhile is neither taken nor cleared.
  return withStore<Shared[]>('shared', 'readwrite', (objects) => {
    const shared = objects.getAll();
    objects.clear();
    return shared;
  });
}
