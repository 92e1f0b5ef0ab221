import type { LedgerEvent } from '#lib/core/event.ts';
import type { Origin } from '#lib/core/state.ts';

/** Who did it, on which face, and for a person by what. */
export function originOf({ actor, userId, agentId, via, parentEventId }: LedgerEvent): Origin {
  return { actor, userId, agentId, via, ...(actor === 'person' && parentEventId ? { cause: parentEventId } : {}) };
}
