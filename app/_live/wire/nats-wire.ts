import { jwtAuthenticator, type NatsConnection, type Subscription, wsconnect } from '@nats-io/nats-core';
import type { LedgerEvent } from '#lib/core/event.ts';
import { pagePerson } from '../device/page-person.ts';
import { onceSettled } from '../once-settled.ts';
import type { LiveGrant } from './live-grant.ts';
import { createLiveness } from './liveness.ts';
import { createNatsSocket } from './nats-socket.ts';
import { createRenewal, type NatsGrant } from './renewal.ts';
import type { LinkState, ThreadListener, TypingFrame, Wire } from './wire.ts';

/** A slow line takes three seconds for each of the two answers that opening needs. */
const openTimeoutMs = 10_000;

/**
 * The live path over NATS through this origin's own /nats. Rejects when the WebSocket cannot be had. The connection heals itself; credentials
 * are fetched anew before they expire, and a reconnect with them takes one round trip whose gap the store repairs.
 */
export async function createNatsWire(grant: NatsGrant, fetchGrant: () => Promise<LiveGrant>): Promise<Wire> {
  const threads = new Map<string, Set<ThreadListener>>();
  const watchers = new Set<(threadId: string | null) => void>();
  let link: LinkState = 'open';
  const socket = createNatsSocket(location.protocol === 'https:');
  const renewal = createRenewal(grant, { fetchGrant, isOpen: () => link === 'open', drop: socket.drop });

  const connection = await wsconnect({
    servers: `${location.origin.replace(/^http/, 'ws')}/nats`,
    authenticator: jwtAuthenticator(renewal.jwt),
    inboxPrefix: `_INBOX_${grant.workspaceId}`,
    timeout: openTimeoutMs,
    wsFactory: socket.dial,
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
      const [, , threadId = '', person] = message.subject.split('.');
      // What is said of one person's list is for their devices.
      if (person && person !== pagePerson()) return;
      for (const watcher of watchers) watcher(threadId);
      const listeners = threads.get(threadId);
      if (!listeners) return;
      const event = message.data.length > 0 ? message.json<LedgerEvent>() : null;
      for (const listener of listeners) {
        if (event) listener.onEvent(event);
        else listener.onDoubt();
      }
    },
  });

  function tell(state: LinkState): void {
    link = state;
    for (const listeners of threads.values()) for (const listener of listeners) listener.onLink(state);
    if (state !== 'open') return;
    liveness.reopened(socket.sinceDialMs());
    for (const watcher of watchers) watcher(null);
  }

  void followStatus(connection, {
    tell,
    // A device that was signed out meanwhile learns it here.
    onLost: renewal.renew,
    onRetry: renewal.renewExpired,
  });
  renewal.start();

  const liveness = createLiveness(
    {
      askSign: () => connection.rtt(),
      onDoubt() {
        for (const listeners of threads.values()) for (const listener of listeners) listener.onDoubt();
      },
      onDead() {
        tell('lost');
        socket.drop();
      },
      isHidden: () => document.hidden,
    },
    socket.sinceDialMs(),
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
      renewal.close();
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
