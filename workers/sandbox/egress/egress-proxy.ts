import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { isPublicAddress } from '#lib/net/public-address.ts';
import { plainHost } from '#lib/policy/rules/host-pattern.ts';
import { publicRegistry, type Registry } from './host-registry.ts';

export type EgressProxy = { close(): Promise<void> };
export type EgressInput = {
  /** Where it listens: under 108 bytes. */
  socket: string;
  /** Host names that may be reached; `*` is every public host, `*.example.org` every name under it, `!name` takes one out again. */
  hosts: string[];
  /** The machine's own package registry: it stands for the public one, and may have a private address; other ports of its host may not. */
  registry: Registry;
  onContact?: (host: string) => void;
};

class Refused extends Error {}

const hopHeaders = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'upgrade']);

/** HTTP proxy on a unix socket: CONNECT and plain HTTP to allowed hosts, by one resolved address, and nothing else. */
export async function startEgressProxy(input: EgressInput): Promise<EgressProxy> {
  const contacted = new Set<string>();
  const open = new Set<Socket>();

  async function reach(host: string, port: number): Promise<string> {
    const address = await permittedAddress(input, host, port);
    const contact = `${host}:${port}`;
    if (!contacted.has(contact)) {
      contacted.add(contact);
      input.onContact?.(contact);
    }
    return address;
  }

  async function forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : null;
    if (url?.protocol !== 'http:') throw new Refused('Only http:// addresses and CONNECT go through this proxy.');
    const port = Number(url.port || 80);
    const address = await reach(plainHost(url.hostname), port);
    const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !hopHeaders.has(name)));
    const outgoing = request({
      host: address,
      port,
      method: incoming.method,
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host, connection: 'close' },
    });
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => {});
    });
    outgoing.on('error', (error) => refuse(response, error));
    response.once('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  const server = createServer((incoming, response) => {
    forward(incoming, response).catch((error: unknown) => refuse(response, error));
  });
  server.on('connection', (client) => keep(open, client));
  server.on('connect', (incoming: IncomingMessage, client: Socket, head: Buffer) => {
    client.on('error', () => client.destroy());
    tunnel(incoming.url ?? '', client, head).catch((error: unknown) => {
      client.end(`HTTP/1.1 ${error instanceof Refused ? '403 Forbidden' : '502 Bad Gateway'}\r\n\r\n${messageOf(error)}\n`);
    });
  });

  async function tunnel(target: string, client: Socket, head: Buffer): Promise<void> {
    const [, name = '', digits = ''] = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(target) ?? [];
    const port = Number(digits);
    if (!name || port < 1 || port > 65_535) throw new Refused('CONNECT needs host:port.');
    const outside = connect({ host: await reach(plainHost(name), port), port });
    keep(open, outside);
    await new Promise<void>((resolve, reject) => outside.once('connect', resolve).once('error', reject));
    outside.on('error', () => client.destroy());
    client.on('close', () => outside.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    outside.write(head);
    client.pipe(outside).pipe(client);
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(input.socket, resolve));
  return {
    async close() {
      for (const connection of open) connection.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function permittedAddress({ hosts, registry }: EgressInput, host: string, port: number): Promise<string> {
  const isRegistry = host === registry.host && port === portOf(new URL(registry.url));
  const names = isRegistry ? [host, new URL(publicRegistry).hostname] : [host];
  const named = (patterns: string[]) => names.some((name) => patterns.some((pattern) => matches(pattern.toLowerCase(), name)));
  const refused = hosts.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  // A name that is taken out could still be reached by its address.
  const byAddress = refused.length > 0 && isIP(host) && !isRegistry && !hosts.includes(host);
  if (!named(hosts) || named(refused) || byAddress) throw new Refused(`The project does not allow ${host}.`);
  const address = isIP(host) ? host : (await lookup(host)).address;
  if (!isRegistry && !isPublicAddress(address)) throw new Refused(`${host} is not a public address.`);
  return address;
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}

function matches(pattern: string, host: string): boolean {
  return pattern === '*' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}

function keep(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  socket.on('error', () => socket.destroy()).once('close', () => open.delete(socket));
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!response.headersSent) response.writeHead(error instanceof Refused ? 403 : 502, { 'content-type': 'text/plain' });
  response.end(`${messageOf(error)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Refused ? error.message : 'The host could not be reached.';
}
