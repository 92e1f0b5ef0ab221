import { RequestError } from '../request.ts';
import type { ThreadListener, Wire } from './wire.ts';

const firstRetryMs = 1_000;
const longestRetryMs = 15_000;

/**
 * The one wire of a tab, there from the start: it may be followed before it is open, keeps trying to open, and looks after itself when the
 * page comes back to the front or the network returns.
 */
export function createDeviceWire(open: () => Promise<Wire>): Wire {
  let wire: Wire | null = null;
  let closed = false;
  let retryMs = firstRetryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follows = new Map<object, (opened: Wire) => () => void>();
  const stops = new Map<object, () => void>();
  const listeners = new Set<ThreadListener>();

  async function connect(): Promise<void> {
    clearTimeout(timer);
    // Under way from here on: a phone that wakes says so twice.
    timer = undefined;
    try {
      const opened = await open();
      if (closed) return opened.close();
      wire = opened;
      retryMs = firstRetryMs;
      for (const [key, follow] of follows) stops.set(key, follow(opened));
    } catch (error) {
      for (const listener of listeners) listener.onLink('lost');
      if (closed || (error instanceof RequestError && error.status === 401)) return;
      timer = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    }
  }

  function follow(start: (opened: Wire) => () => void): () => void {
    const key = {};
    follows.set(key, start);
    if (wire) stops.set(key, start(wire));
    return () => {
      follows.delete(key);
      stops.get(key)?.();
      stops.delete(key);
    };
  }

  function check(): void {
    if (document.hidden) return;
    if (wire) wire.check();
    else if (timer !== undefined) void connect();
  }

  document.addEventListener('visibilitychange', check);
  window.addEventListener('online', check);
  window.addEventListener('offline', check);
  void connect();

  return {
    followThread(threadId, listener) {
      listeners.add(listener);
      const stop = follow((opened) => opened.followThread(threadId, listener));
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    followAll: (onChange) =>
      follow((opened) => {
        const stop = opened.followAll(onChange);
        // What changed between the page's first picture and the open wire was heard by nobody.
        onChange(null);
        return stop;
      }),
    check,
    close() {
      closed = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', check);
      window.removeEventListener('online', check);
      window.removeEventListener('offline', check);
      wire?.close();
    },
  };
}
