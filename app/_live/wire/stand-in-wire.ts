import type { LiveGrant } from './live-grant.ts';
import { createSseWire } from './sse-wire.ts';
import type { Wire } from './wire.ts';

const betweenTriesMs = 60_000;

/** Server-sent events. Where a socket is offered that did not open this time, it is tried again, with another grant, when the page comes back. */
export function openStandIn(fetchGrant: (() => Promise<LiveGrant>) | null): Wire {
  const events = createSseWire();
  return fetchGrant ? createStandIn(events, () => openNats(fetchGrant)) : events;
}

/** `first` until `openBetter` gives another wire, which is asked for at most once a minute. */
export function createStandIn(first: Wire, openBetter: () => Promise<Wire | null>): Wire {
  let wire = first;
  let closed = false;
  let triedAt = Date.now();
  const moves = new Set<() => void>();

  async function tryAgain(): Promise<void> {
    if (wire !== first || !navigator.onLine || Date.now() - triedAt < betweenTriesMs) return;
    triedAt = Date.now();
    const better = await openBetter().catch(() => null);
    // A phone may have slept meanwhile, and tried once more.
    if (closed || wire !== first) better?.close();
    else if (better) moveTo(better);
  }

  /** No two of them speak at once. Who follows is told as after a reconnect, and reads what came between. */
  function moveTo(better: Wire): void {
    wire = better;
    for (const move of moves) move();
    first.close();
  }

  function follow(start: () => () => void, onMoved?: () => void): () => void {
    let stop = start();
    const move = () => {
      stop();
      stop = start();
      onMoved?.();
    };
    moves.add(move);
    return () => {
      moves.delete(move);
      stop();
    };
  }

  return {
    followThread: (threadId, listener) => follow(() => wire.followThread(threadId, listener)),
    followAll: (onChange) =>
      follow(
        () => wire.followAll(onChange),
        () => onChange(null),
      ),
    check() {
      wire.check();
      void tryAgain();
    },
    close() {
      closed = true;
      wire.close();
    },
  };
}

async function openNats(fetchGrant: () => Promise<LiveGrant>): Promise<Wire | null> {
  const grant = await fetchGrant();
  if (grant.kind === 'sse') return null;
  const { createNatsWire } = await import('./nats-wire.ts');
  return createNatsWire(grant, fetchGrant);
}
