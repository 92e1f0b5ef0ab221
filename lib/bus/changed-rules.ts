import type { Bus } from './connect-bus.ts';

const subject = (workspaceId: string) => `rules.${workspaceId}`;

/** Tells workers that a rule came or went. */
export function publishRulesChanged(bus: Bus, workspaceId: string): void {
  if (!bus.connection.isClosed()) bus.connection.publish(subject(workspaceId));
}

/** Calls `onChange` each time somebody says so, until what it gives is called. What is said while the bus is away is not heard. */
export function hearRulesChanged(bus: Bus, workspaceId: string, onChange: () => void): () => void {
  const subscription = bus.connection.subscribe(subject(workspaceId), { callback: onChange });
  return () => subscription.unsubscribe();
}
