import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Agent, fetch as plainFetch } from 'undici';
import type { McpTransport } from '#lib/db/schema.ts';
import { publicLookup } from '#lib/net/public-lookup.ts';
import type { Connection } from './connection.ts';

type Place = Extract<McpTransport, { kind: 'http' }>;

const heardLimitBytes = 16 * 1024 * 1024;
const goodbyeMs = 1_000;

/**
 * MCP over HTTP, to the owner's very address: no redirect, no other host, and no private address unless that address was one when it was set. The
 * server's own stream of news is not opened.
 */
export function httpConnection({ url, headers, privateAddress = false }: Place): Connection {
  const dispatcher = new Agent({ connect: privateAddress ? {} : { lookup: publicLookup } });
  let heardBytes = 0;
  let ending: string | null = null;
  let unknown = false;

  const bounded = () =>
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        heardBytes += chunk.length;
        if (heardBytes <= heardLimitBytes) return controller.enqueue(chunk);
        ending = 'It said far more than it was asked for.';
        controller.error(new Error(ending));
        void transport.close();
      },
    });

  async function ask(target: string | URL, init: RequestInit = {}): Promise<Response> {
    if (new URL(target).href !== new URL(url).href) throw new Error('The server names another address.');
    if (init.method === 'GET') return new Response(null, { status: 405 });
    const wanted = { ...init, redirect: 'error', dispatcher } as unknown as Parameters<typeof plainFetch>[1];
    const answer = (await plainFetch(target, wanted)) as unknown as Response;
    if (answer.status === 401) unknown = true;
    return new Response(answer.body?.pipeThrough(bounded()) ?? null, { status: answer.status, headers: answer.headers });
  }

  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers }, fetch: ask });
  return {
    transport,
    ended: () => ending,
    wantsSignIn: () => unknown,
    async close() {
      const late = new Promise((resolve) => setTimeout(resolve, goodbyeMs).unref());
      await Promise.race([transport.terminateSession().catch(() => undefined), late]);
      await transport.close();
      await dispatcher.destroy();
    },
  };
}
