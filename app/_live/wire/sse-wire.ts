import type { LedgerEvent } from '#lib/core/event.ts';
import { readLines } from '../read-lines.ts';
import { isNotFound, RequestError, request } from '../request.ts';
import { threadPath } from '../thread-path.ts';
import type { ThreadListener, TypingFrame, Wire } from './wire.ts';

const listPollMs = 10_000;
const retryMs = 1_000;
/** The server says every 15 s that it is there. */
const longestSilenceMs = 40_000;

/** The live path for devices that NATS gives no credentials to, or whose network lets no WebSocket through. */
export function createSseWire(): Wire {
  const streams = new Set<ReturnType<typeof keepOpen>>();
  const timers = new Set<ReturnType<typeof setInterval>>();
  return {
    followThread(threadId, listener) {
      const stream = keepOpen(threadId, listener);
      streams.add(stream);
      return () => {
        streams.delete(stream);
        stream.close();
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
      // One that looks open may stand on a connection that nobody answers, and there is nothing to ask it.
      for (const stream of streams) stream.open();
    },
    close() {
      for (const timer of timers) clearInterval(timer);
      for (const stream of streams) stream.close();
    },
  };
}

/** Reads a thread's events as they happen, and opens the stream anew when it breaks. Ends where nothing is to be had any more. */
function keepOpen(threadId: string, listener: ThreadListener) {
  let reading: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    clearTimeout(timer);
    reading?.abort();
    reading = null;
  }

  async function open(): Promise<void> {
    close();
    const mine = new AbortController();
    reading = mine;
    listener.onLink('connecting');
    const failure = await readStream(threadId, listener, mine).catch((error: unknown) => error);
    if (reading !== mine) return;
    listener.onLink('lost');
    const isSignedOut = failure instanceof RequestError && failure.status === 401;
    if (!isSignedOut && !isNotFound(failure)) timer = setTimeout(open, retryMs);
  }

  void open();
  return { open, close };
}

/** An `EventSource` cannot say whose page asks, so the stream is an answer like any other. */
async function readStream(threadId: string, listener: ThreadListener, reading: AbortController): Promise<void> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const hear = () => {
    clearTimeout(silence);
    silence = setTimeout(() => reading.abort(), longestSilenceMs);
  };
  try {
    hear();
    const path = threadPath(threadId, `/events?after=${listener.lastSeq()}`);
    const response = await request(path, { headers: { accept: 'text/event-stream' }, signal: reading.signal });
    listener.onLink('open');
    let kind = '';
    for await (const line of readLines(response)) {
      hear();
      const [, field, value = ''] = /^(event|data): (.*)$/.exec(line) ?? [];
      if (field === 'event') kind = value;
      if (field !== 'data') continue;
      if (kind === 'typing') listener.onTyping(JSON.parse(value) as TypingFrame);
      else listener.onEvent(JSON.parse(value) as LedgerEvent);
      kind = '';
    }
  } finally {
    clearTimeout(silence);
  }
}
