import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from 'grammy/types';
import { z } from 'zod';
import type { BotServices } from '../bot-services.ts';
import type { Inbox } from './create-inbox.ts';
import { allowedUpdates } from './poll-updates.ts';

const mostBytes = 1024 * 1024;
const bodyTimeoutMs = 10_000;
const AnyUpdate = z.looseObject({ update_id: z.number().int() });

type Setting = { url: string; port: number; token: string };

/** Takes updates as Telegram delivers them. The secret is checked before a byte of the body is read; the answer comes when the update is safe. */
export async function serveWebhook(
  { telegram, log }: BotServices,
  inbox: Inbox,
  { url, port, token }: Setting,
): Promise<{ port: number; close(): Promise<void> }> {
  const secret = createHash('sha256').update(`choir webhook ${token}`).digest('base64url');
  const { pathname } = new URL(url);

  async function receive(request: IncomingMessage): Promise<number> {
    if (request.method !== 'POST' || URL.parse(request.url ?? '/', 'http://bot')?.pathname !== pathname) return 404;
    if (!isSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) return 401;
    const body = await readBody(request);
    if (body === null) return 413;
    const update = AnyUpdate.safeParse(parse(body));
    if (!update.success) return 400;
    await inbox.accept([update.data as unknown as Update]);
    return 200;
  }

  const timeouts = { requestTimeout: bodyTimeoutMs, headersTimeout: bodyTimeoutMs, connectionsCheckingInterval: bodyTimeoutMs / 4 };
  const server = createServer(timeouts, (request, response) => {
    receive(request)
      .catch((error: unknown) => {
        log('An update was not taken in', error);
        return 500;
      })
      .then((status) => {
        // What is not read is not waited for.
        response.writeHead(status, { connection: status === 200 ? 'keep-alive' : 'close' }).end();
        if (status !== 200) response.once('finish', () => request.destroy());
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  await telegram.ask('setWebhook', { url, secret_token: secret, allowed_updates: allowedUpdates, max_connections: 10 });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isSecret(given: string | string[] | undefined, secret: string): boolean {
  const [left, right] = [given, secret].map((text) => createHash('sha256').update(String(text)).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
