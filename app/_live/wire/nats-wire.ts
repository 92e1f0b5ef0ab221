import { jwtAuthenticator, type NatsConnection, type Subscription, wsconnect } from '@nats-io/nats-core';
import type { LedgerEvent } from '#lib/core/event.ts';
import { pagePerson } from '../device/page-person.ts';
import { onceSettled } from '../once-settled.ts';
import type { LiveGrant } from './live-grant.ts';
import { ask, askAt, hear, startHearing } from './silence.ts';
import type { LinkState, ThreadListener, TypingFrame, Wire } from './wire.ts';

type NatsGrant = Extract<LiveGrant, { kind: 'nats' }>;

const refreshBeforeExpiryMs = 60_000;
/** A slow line takes three seconds for each of the two answers that opening needs. */
const openTimeoutMs = 10_000;
/** How long a page that is out of sight waits before it looks whether it is in sight. */
const restMs = 5_000;
const shortestDoubtMs = 250;
const longestDoubtMs = 5_000;

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
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  let answerMs = 500;
  let hearing = startHearing(Date.now());
  let nextLook: ReturnType<typeof setTimeout> | undefined;
  let nextLookAt = 0;
  let socket: WebSocket;

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
      hearSign();
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
    if (state !== 'doubtful') link = state;
    for (const listeners of threads.values()) for (const listener of listeners) listener.onLink(state);
    if (state === 'open') for (const watcher of watchers) watcher(null);
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

  /** Asks NATS for a sign. When none comes in twice what it took the last time, that is told; in twice that, the connection is opened anew. */
  async function check(): Promise<void> {
    if (unanswered !== undefined || connection.isClosed()) return;
    const doubtMs = Math.min(Math.max(2 * answerMs, shortestDoubtMs), longestDoubtMs);
    const doubted = setTimeout(tell, doubtMs, 'doubtful');
    const asked = setTimeout(() => {
      unanswered = undefined;
      tell('lost');
      drop();
    }, 2 * doubtMs);
    unanswered = asked;
    try {
      answerMs = await connection.rtt();
    } catch {
      // The connection knows that it is broken, and mends itself.
    }
    clearTimeout(doubted);
    clearTimeout(asked);
    if (unanswered === asked) unanswered = undefined;
  }

  /** What was planned while little was said is too late for a stream that begins. */
  function hearSign(): void {
    hearing = hear(hearing, Date.now());
    if (askAt(hearing) < nextLookAt) watch();
  }

  /** A page in sight asks when it hears nothing though it should: a connection that died in silence is known within that and an answer's time. */
  function watch(): void {
    if (!document.hidden && askAt(hearing) <= Date.now()) {
      hearing = ask(hearing, Date.now());
      void check();
    }
    clearTimeout(nextLook);
    nextLookAt = document.hidden ? Date.now() + restMs : askAt(hearing);
    nextLook = setTimeout(watch, nextLookAt - Date.now());
  }

  // What an answer takes is known once the page is at rest.
  onceSettled(() => void check());
  watch();

  return {
    followThread(threadId, listener) {
      const listeners = threads.get(threadId) ?? new Set();
      threads.set(threadId, listeners.add(listener));
      const typing: Subscription = connection.subscribe(`typing.${grant.workspaceId}.${threadId}`, {
        callback: (_, message) => {
          hearSign();
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
    check: () => void check(),
    close() {
      clearTimeout(refreshTimer);
      clearTimeout(nextLook);
      clearTimeout(unanswered);
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
