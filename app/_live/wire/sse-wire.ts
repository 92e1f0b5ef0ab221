import type { LedgerEvent } from '#lib/core/event.ts';
import { threadPath } from '../thread-path.ts';
import type { TypingFrame, Wire } from './wire.ts';

const listPollMs = 10_000;

/** The live path for devices that NATS gives no credentials to, or whose network lets no WebSocket through. */
export function createSseWire(): Wire {
  const reopen = new Set<() => void>();
  const timers = new Set<ReturnType<typeof setInterval>>();
  return {
    followThread(threadId, listener) {
      let source: EventSource | undefined;
      const open = () => {
        source?.close();
        listener.onLink('connecting');
        source = new EventSource(threadPath(threadId, `/events?after=${listener.lastSeq()}`));
        source.onopen = () => listener.onLink('open');
        source.onerror = () => listener.onLink('lost');
        source.onmessage = (message: MessageEvent<string>) => listener.onEvent(JSON.parse(message.data) as LedgerEvent);
        source.addEventListener('typing', (message: MessageEvent<string>) => listener.onTyping(JSON.parse(message.data) as TypingFrame));
      };
      reopen.add(open);
      open();
      return () => {
        reopen.delete(open);
        source?.close();
      };
    },
    followAll(onChange) {
      const timer = setInterval(() => {
        if (!document.hidden) onChange(null);
      }, listPollMs);
      timers.add(timer);
      return () => {
        timers.delete(timer);
        clearInterval(timer);
      };
    },
    check() {
      // A source that looks open may stand on a connection that nobody answers, and there is nothing to ask it.
      for (const again of reopen) again();
    },
    close() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
