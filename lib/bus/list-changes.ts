import type { Bus } from './connect-bus.ts';
import { subjects } from './streams.ts';

/**
 * Tells a person's devices that their list of threads is another one without anything having happened in a thread. Best effort: a device reads its list anew
 * whenever it comes back to the front.
 */
export function publishListChange({ connection }: Bus, workspaceId: string, userId: string): void {
  if (!connection.isClosed()) connection.publish(subjects.list(workspaceId, userId));
}
