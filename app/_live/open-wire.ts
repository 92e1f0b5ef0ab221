import { fetchLiveGrant } from './live-grant.ts';
import { RequestError } from './request.ts';
import { createSseWire } from './sse-wire.ts';
import type { Wire } from './wire.ts';

/** The best live path this device can have now. NATS is loaded only where it is used. Rejects when Choir cannot be reached at all. */
export async function openWire(): Promise<Wire> {
  const grant = await fetchLiveGrant();
  if (grant.kind === 'sse') return createSseWire();
  try {
    const { createNatsWire } = await import('./nats-wire.ts');
    return await createNatsWire(grant, fetchLiveGrant);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    return createSseWire();
  }
}
