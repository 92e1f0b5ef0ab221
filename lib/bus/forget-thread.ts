import { jetstreamManager } from '@nats-io/jetstream';
import type { Bus } from './connect-bus.ts';
import { eventStream, subjects } from './streams.ts';

/** Takes the events of a thread out of the stream, so that no late consumer hears of it, and has devices look anew at where it was: a message without a body. */
export async function forgetThread(bus: Bus, workspaceId: string, threadId: string): Promise<void> {
  const manager = await jetstreamManager(bus.connection, { checkAPI: false });
  await manager.streams.purge(eventStream, { filter: subjects.event(workspaceId, threadId) });
  if (!bus.connection.isClosed()) bus.connection.publish(subjects.live(workspaceId, threadId));
}
