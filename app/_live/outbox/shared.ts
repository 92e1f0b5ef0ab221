import { withStore } from './device-database.ts';

/** What another app shared into Choir. */
export type Shared = { order: number; text: string; files: File[] };

/** What was shared and nobody picked up yet, taken out of the device's storage. */
export async function takeShared(): Promise<Shared[]> {
  const shared = await withStore<Shared[]>('shared', 'readonly', (objects) => objects.getAll());
  await withStore<undefined>('shared', 'readwrite', (objects) => objects.clear());
  return shared;
}
