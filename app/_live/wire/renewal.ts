import type { LiveGrant } from './live-grant.ts';

export type NatsGrant = Extract<LiveGrant, { kind: 'nats' }>;

const renewBeforeExpiryMs = 60_000;
const shortestWaitMs = 5_000;
/** What is good for less than this is not worth dialling with. */
const tooShortMs = 5_000;

export type RenewalParts = {
  fetchGrant(): Promise<LiveGrant>;
  /** Whether the connection stands: one that is dialling takes what is new by itself, and hangs until its time is over where its socket is dropped. */
  isOpen(): boolean;
  drop(): void;
};

/** Keeps the credentials of a connection fresh: fetches the next ones before they expire, and has the connection opened anew with them. */
export function createRenewal(first: NatsGrant, { fetchGrant, isOpen, drop }: RenewalParts) {
  let grant = first;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function plan(): void {
    clearTimeout(timer);
    timer = setTimeout(refresh, Math.max(shortestWaitMs, grant.expiresAt - Date.now() - renewBeforeExpiryMs));
  }

  async function fetchNext(): Promise<void> {
    const next = await fetchGrant();
    if (next.kind === 'nats') grant = next;
  }

  async function refresh(): Promise<void> {
    try {
      await fetchNext();
      if (!closed && isOpen()) drop();
    } catch {
      // Offline: the link says so, and the next round asks again.
    }
    if (!closed) plan();
  }

  const renew = () => void fetchNext().catch(() => {});
  return {
    jwt: () => grant.jwt,
    start: plan,
    renew,
    renewExpired(): void {
      if (grant.expiresAt < Date.now() + tooShortMs) renew();
    },
    close(): void {
      closed = true;
      clearTimeout(timer);
    },
  };
}
