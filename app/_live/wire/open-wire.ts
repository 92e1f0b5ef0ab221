import { fetchLiveGrant } from './live-grant.ts';
import type { Wire } from './wire.ts';

/** The best live path this device can have now. Rejects when Choir cannot be reached at all. */
export async function openWire(): Promise<Wire> {
  // Nearly every installation has NATS for its devices, so its chunk comes while the grant is asked for.
  const loading = import('./nats-wire.ts');
  loading.catch(() => {});
  const grant = await fetchLiveGrant();
  const offersNats = grant.kind === 'nats';
  try {
    if (offersNats) return await (await loading).createNatsWire(grant, fetchLiveGrant);
  } catch {
    // No chunk or no socket: its stand-in tries again later.
  }
  return (await import('./stand-in-wire.ts')).openStandIn(offersNats ? fetchLiveGrant : null);
}
