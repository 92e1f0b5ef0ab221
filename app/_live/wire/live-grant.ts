import { askPastSilence } from '../ask-past-silence.ts';
import { leaveForSignIn } from '../leave-for-sign-in.ts';
import { RequestError, requestJson } from '../request.ts';

/** How this device may listen: over NATS with credentials of a few minutes, or over server-sent events. */
export type LiveGrant = { kind: 'nats'; workspaceId: string; jwt: string; expiresAt: string } | { kind: 'sse' };

/** Asks for a grant. A device that was signed out goes to the door: nothing on its page is its to see any more. */
export async function fetchLiveGrant(): Promise<LiveGrant> {
  try {
    return await askPastSilence((signal) => requestJson<LiveGrant>('/api/live', { signal }));
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) leaveForSignIn();
    throw error;
  }
}
