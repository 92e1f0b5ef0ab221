import type { Bus } from './connect-bus.ts';
import { subjects } from './streams.ts';

/** Calls `onChange` when something happened in a thread, and when it was deleted. Nothing is replayed. */
export function followChanges(bus: Bus, workspaceId: string, threadId: string, onChange: () => void): { close(): void } {
  const subscription = bus.connection.subscribe(subjects.live(workspaceId, threadId), { callback: () => onChange() });
  return { close: () => subscription.unsubscribe() };
}
