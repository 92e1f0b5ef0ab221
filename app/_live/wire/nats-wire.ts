import { jwtAuthenticator, type NatsConnection, type Subscription, wsconnect } from '@nats-io/nats-core';
import type { LedgerEvent } from '#lib/core/event.ts';
import { pagePerson } from '../device/page-person.ts';
import { onceSettled } from '../once-settled.ts';
import type { LiveGrant } from './live-grant.ts';
import { createLiveness } from './liveness.ts';
import type { LinkState, ThreadListener, TypingFrame, Wire } from './wire.ts';

type NatsGrant = Extract<LiveGrant, { kind: 'nats' }>;

const refreshBeforeExpiryMs = 60_000;
/** A slow line takes three seconds for each of the two answers that opening needs. */
const openTimeoutMs = 10_000;

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
  let socket: WebSocket;

  const openedAt = Date.now();
  const connection = await wsconnect({
    servers: `${location.origin.replace(/^http/, 'ws')}/nats`,
    authenticator: jwtAuthenticator(() => grant.jwt),
    inboxPrefix: `_INBOX_${grant.workspaceId}`,
    timeout: openTimeoutMs,
    wsFactory: async (url) => {
      socket = new WebSocket(url);
      return { socket, encrypted: location.protocol === 'https:' };
    },
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
      liveness.heard();
      const [, , threadId = '', listener] = message.subject.split('.');
      // What is said of one person's list is for their devices.
      if (listener && listener !== pagePerson()) return;
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
    if (state !== 'open') return;
    liveness.check();
    for (const watcher of watchers) watcher(null);
  }

  /** Opens anew, now: to a side that is silent a browser would say goodbye for a minute, and the connection waits for that. */
  function drop(): void {
    socket.onclose?.(new CloseEvent('close', { code: 1006, reason: 'dropped' }));
  }

  function planRefresh(): void {
    clearTimeout(refreshTimer);
    const wait = Math.max(5_000, grant.expiresAt - Date.now() - refreshBeforeExpiryMs);
    refreshTimer = setTimeout(refresh, wait);
  }

  async function renew(): Promise<void> {
    const next = await fetchGrant();
    if (next.kind === 'nats') grant = next;
  }

  async function refresh(): Promise<void> {
    try {
      await renew();
      if (!connection.isClosed()) drop();
    } catch {
      // Offline: the link says so, and the next round asks again.
    }
    planRefresh();
  }

  const hasExpired = () => grant.expiresAt < Date.now() + 5_000;
  void followStatus(connection, {
    tell,
    // A device that was signed out meanwhile learns it here.
    onLost: () => void renew().catch(() => {}),
    onRetry: () => hasExpired() && void renew().catch(() => {}),
  });
  planRefresh();

  const liveness = createLiveness(
    {
      askSign: () => connection.rtt(),
      onDoubt() {
        for (const listeners of threads.values()) for (const listener of listeners) listener.onDoubt();
      },
      onDead() {
        tell('lost');
        drop();
      },
      isHidden: () => document.hidden,
    },
    Date.now() - openedAt,
  );
  // What an answer takes is measured once the page is at rest.
  const callOff = onceSettled(liveness.check);

  return {
    followThread(threadId, listener) {
      const listeners = threads.get(threadId) ?? new Set();
      threads.set(threadId, listeners.add(listener));
      const typing: Subscription = connection.subscribe(`typing.${grant.workspaceId}.${threadId}`, {
        callback: (_, message) => {
          liveness.heard();
          listener.onTyping(message.json<TypingFrame>());
        },
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
    check: liveness.check,
    close() {
      clearTimeout(refreshTimer);
      callOff();
      liveness.close();
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
