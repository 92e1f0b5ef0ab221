import { RequestError } from '../request.ts';
import { fetchLiveGrant } from './live-grant.ts';
import type { Wire } from './wire.ts';

/** The best live path this device can have now. Rejects when Choir cannot be reached at all. */
export async function openWire(): Promise<Wire> {
  // Nearly every installation has NATS for its devices, so its chunk comes while the grant is asked for.
  const loading = import('./nats-wire.ts');
  loading.catch(() => {});
  const grant = await fetchLiveGrant();
  if (grant.kind === 'sse') return openSseWire();
  try {
    const { createNatsWire } = await loading;
    return await createNatsWire(grant, fetchLiveGrant);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    return openSseWire();
  }
}

async function openSseWire(): Promise<Wire> {
  const { createSseWire } = await import('./sse-wire.ts');
  return createSseWire();
}
