import { askPastSilence } from '../ask-past-silence.ts';
import { requestJson } from '../request.ts';

type Grant = { kind: 'nats'; workspaceId: string; jwt: string };

/** How this device may listen: over NATS with credentials of a few minutes, or over server-sent events. `expiresAt`: in ms, by this device's clock. */
export type LiveGrant = (Grant & { expiresAt: number }) | { kind: 'sse' };

export function fetchLiveGrant(): Promise<LiveGrant> {
  return askPastSilence(async (signal) => {
    const askedAt = Date.now();
    return byThisClock(await requestJson<LiveReply>('/api/live', { signal }), askedAt);
  });
}

type LiveReply = (Grant & { goodForSeconds: number }) | { kind: 'sse' };

/** A device's clock may be hours off: by how long credentials are good it knows when to have fetched the next ones. `askedAt` in ms. */
export function byThisClock(reply: LiveReply, askedAt: number): LiveGrant {
  return reply.kind === 'nats' ? { ...reply, expiresAt: askedAt + reply.goodForSeconds * 1_000 } : reply;
}
