import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Session } from '#workers/sandbox/sandbox.ts';
import type { Connection } from './connection.ts';

const heardLimitBytes = 16 * 1024 * 1024;
const linesLimit = 20_000;
const requestsLimit = 50;

/**
 * MCP over the lines of a program in its sandbox. What is no message is passed over: many servers log to their standard output. One that says
 * more than an honest one would is given up.
 */
export function sessionConnection(session: Session): Connection {
  const closing = new AbortController();
  let ending: string | null = null;
  let heardBytes = 0;
  let lines = 0;
  let requests = 0;

  const transport: Transport = {
    async start() {
      void listen();
    },
    send: (message) => session.write(JSON.stringify(message)),
    async close() {
      closing.abort();
      transport.onclose?.();
    },
  };

  function end(how: string): void {
    if (closing.signal.aborted) return;
    ending = how;
    void transport.close();
  }

  function hear(text: string): void {
    heardBytes += text.length;
    lines += 1;
    const message = readMessage(text);
    const isRequest = message !== null && 'id' in message && 'method' in message;
    if (isRequest) requests += 1;
    if (heardBytes > heardLimitBytes || lines > linesLimit || requests > requestsLimit) end('It said far more than it was asked for.');
    else if (message && 'id' in message) transport.onmessage?.(message);
  }

  async function listen(): Promise<void> {
    try {
      for await (const { direction, text } of session.lines(closing.signal)) {
        if (closing.signal.aborted) return;
        if (direction === 'out') hear(text);
        if (direction === 'end') end(text.slice(-2_000));
      }
      end('Its sandbox is gone.');
    } catch (error) {
      end(error instanceof Error ? error.message : 'Its sandbox is gone.');
    }
  }

  return {
    transport,
    ended: () => ending,
    wantsSignIn: () => false,
    async close() {
      closing.abort();
      await session.stop();
    },
  };
}

function readMessage(text: string): JSONRPCMessage | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSONRPCMessageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
