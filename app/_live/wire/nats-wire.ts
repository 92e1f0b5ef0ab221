import { jwtAuthenticator, type NatsConnection, type Subscription, wsconnect } from '@nats-io/nats-core';
import type { LedgerEvent } from '#lib/core/event.ts';
import type { LiveGrant } from './live-grant.ts';
import type { LinkState, ThreadListener, TypingFrame, Wire } from './wire.ts';

type NatsGrant = Extract<LiveGrant, { kind: 'nats' }>;

const refreshBeforeExpiryMs = 60_000;
const answerTimeoutMs = 4_000;

/**
 * The live path over NATS through this origin's own /nats. Rejects when the WebSocket cannot be had. The connection heals itself; credentials
 * are fetched anew before they expire, and a reconnect with them takes one round trip whose gap the store repairs.
 */
export async function createNatsWire(first: NatsGrant, fetchGrant: () => Promise<LiveGrant>): Promise<Wire> {
  let grant = first;
  const threads = new Map<string, Set<ThreadListener>>();
  const watchers = new Set<(threadId: string | null) => void>();
  let link: LinkState = 'open';
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;

  const connection = await wsconnect({
    servers: `${location.origin.replace(/^http/, 'ws')}/nats`,
    authenticator: jwtAuthenticator(() => grant.jwt),
    inboxPrefix: `_INBOX_${grant.workspaceId}`,
    timeout: answerTimeoutMs,
    pingInterval: 15_000,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    reconnectJitter: 500,
    ignoreClusterUpdates: true,
    ignoreAuthErrorAbort: true,
  });

  connection.subscribe(`live.${grant.workspaceId}.>`, {
    callback: (_, message) => {
      const threadId = message.subject.split('.')[2] ?? '';
      for (const watcher of watchers) watcher(threadId);
      const listeners = threads.get(threadId);
      if (!listeners) return;
      const event = message.json<LedgerEvent>();
      for (const listener of listeners) listener.onEvent(event);
    },
  });

  function tell(state: LinkState): void {
    link = state;
    for (const listeners of threads.values()) for (const listener of listeners) listener.onLink(state);
    if (state === 'open') for (const watcher of watchers) watcher(null);
  }

  function planRefresh(): void {
    clearTimeout(refreshTimer);
    const wait = Math.max(5_000, Date.parse(grant.expiresAt) - Date.now() - refreshBeforeExpiryMs);
    refreshTimer = setTimeout(refresh, wait);
  }

  async function renew(): Promise<void> {
    const next = await fetchGrant();
    if (next.kind === 'nats') grant = next;
  }

  async function refresh(): Promise<void> {
    try {
      await renew();
      if (!connection.isClosed()) await connection.reconnect();
    } catch {
      // Offline: the link says so, and the next round asks again.
    }
    planRefresh();
  }

  const hasExpired = () => Date.parse(grant.expiresAt) < Date.now() + 5_000;
  void followStatus(connection, {
    tell,
    // A device that was signed out meanwhile learns it here.
    onLost: () => void renew().catch(() => {}),
    onRetry: () => hasExpired() && void renew().catch(() => {}),
  });
  planRefresh();

  return {
    followThread(threadId, listener) {
      const listeners = threads.get(threadId) ?? new Set();
      threads.set(threadId, listeners.add(listener));
      const typing: Subscription = connection.subscribe(`typing.${grant.workspaceId}.${threadId}`, {
        callback: (_, message) => listener.onTyping(message.json<TypingFrame>()),
      });
      listener.onLink(link);
      return () => {
        typing.unsubscribe();
        listeners.delete(listener);
        if (listeners.size === 0) threads.delete(threadId);
      };
    },
    followAll(onChange) {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    check() {
      if (connection.isClosed()) return;
      const unanswered = setTimeout(() => {
        tell('lost');
        void connection.reconnect().catch(() => undefined);
      }, answerTimeoutMs);
      // Refused means that the connection knows already, and mends itself.
      const known = () => clearTimeout(unanswered);
      connection.rtt().then(known, known);
    },
    close() {
      clearTimeout(refreshTimer);
      void connection.close();
    },
  };
}

type StatusListener = { tell: (state: LinkState) => void; onLost: () => void; onRetry: () => void };

async function followStatus(connection: NatsConnection, { tell, onLost, onRetry }: StatusListener): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'reconnect') tell('open');
    if (status.type === 'disconnect' || status.type === 'staleConnection') {
      tell('lost');
      onLost();
    }
    if (status.type === 'reconnecting') onRetry();
  }
}
