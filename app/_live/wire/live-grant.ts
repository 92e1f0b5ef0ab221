import { askPastSilence } from '../ask-past-silence.ts';
import { requestJson } from '../request.ts';

/** How this device may listen: over NATS with credentials of a few minutes, or over server-sent events. */
export type LiveGrant = { kind: 'nats'; workspaceId: string; jwt: string; expiresAt: string } | { kind: 'sse' };

export function fetchLiveGrant(): Promise<LiveGrant> {
  return askPastSilence((signal) => requestJson<LiveGrant>('/api/live', { signal }));
}
