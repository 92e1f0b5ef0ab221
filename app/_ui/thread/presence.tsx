'use client';

import { usePresence } from '../../_live/use-presence.ts';

/** A thread that is looked at, which has nothing to show of that. */
export function Presence({ threadId }: { threadId: string }) {
  usePresence(threadId);
  return null;
}
