import type { Wire } from '../wire/wire.ts';
import type { Outbox } from './create-outbox.ts';

/** Sends what waits as soon as the wire is open again: Choir can be reached then, and the next try by itself may be a minute away. Gives what stops it. */
export function sendOnceLive(wire: Pick<Wire, 'followAll'>, outbox: Outbox): () => void {
  return wire.followAll((threadId) => {
    if (threadId === null && outbox.getEntries().some(({ state }) => state === 'waiting')) void outbox.flush();
  });
}
