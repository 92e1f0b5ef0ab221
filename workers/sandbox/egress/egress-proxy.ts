import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { isPublicAddress } from '#lib/net/public-address.ts';
import { plainHost } from '#lib/policy/rules/host-pattern.ts';
import { publicRegistry, type Registry } from './host-registry.ts';

export type EgressProxy = {
  /** These hosts from now on, and no others: what goes on to one of them stays, and is told to `onContact` as if it began. */
  allow(access: EgressAccess): void;
  close(): Promise<void>;
};
export type EgressAccess = {
  /** Host names that may be reached; `*` is every public host, `*.example.org` every name under it, `!name` takes one out again. */
  hosts: string[];
  onContact?: (host: string) => void;
};
export type EgressInput = EgressAccess & {
  /** Where it listens: under 108 bytes. */
  socket: string;
  /** The machine's own package registry: it stands for the public one, and may have a private address; other ports of its host may not. */
  registry: Registry;
};

/** One request or tunnel of a client to a host, from when it asks; `isOpen`: it may have reached it. */
type Way = { host: string; port: number; client: Socket; isOpen: boolean };

class Refused extends Error {}

const hopHeaders = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'upgrade']);

/** HTTP proxy on a unix socket: CONNECT and plain HTTP to allowed hosts, by one resolved address, and nothing else. */
export async function startEgressProxy({ socket, registry, ...first }: EgressInput): Promise<EgressProxy> {
  let access: EgressAccess = first;
  let contacted = new Set<string>();
  const open = new Set<Socket>();
  const ways = new Set<Way>();

  /** The address of a host that may be reached, until `over` closes: its client is cut off when the host is allowed no more. */
  async function reach(host: string, port: number, client: Socket, over: Socket | ServerResponse): Promise<string> {
    if (!isAllowed(access.hosts, registry, host, port)) throw new Refused(`The project does not allow ${host}.`);
    const way: Way = { host, port, client, isOpen: false };
    ways.add(way);
    over.once('close', () => ways.delete(way));
    const address = await permittedAddress(registry, host, port);
    if (client.destroyed) throw new Refused('Nobody waits for it any more.');
    way.isOpen = true;
    tellContact(way);
    return address;
  }

  function tellContact({ host, port }: Way): void {
    const contact = `${host}:${port}`;
    if (contacted.has(contact)) return;
    contacted.add(contact);
    access.onContact?.(contact);
  }

  function allow(next: EgressAccess): void {
    access = next;
    contacted = new Set();
    for (const way of ways) {
      if (!isAllowed(access.hosts, registry, way.host, way.port)) way.client.destroy();
      else if (way.isOpen) tellContact(way);
    }
  }

  async function forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : null;
    if (url?.protocol !== 'http:') throw new Refused('Only http:// addresses and CONNECT go through this proxy.');
    const port = Number(url.port || 80);
    const address = await reach(plainHost(url.hostname), port, incoming.socket, response);
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
    const outside = connect({ host: await reach(plainHost(name), port, client, client), port });
    keep(open, outside);
    client.on('close', () => outside.destroy());
    await new Promise<void>((resolve, reject) => outside.once('connect', resolve).once('error', reject));
    outside.on('error', () => client.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    outside.write(head);
    client.pipe(outside).pipe(client);
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  return {
    allow,
    async close() {
      for (const connection of open) connection.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function isAllowed(hosts: string[], registry: Registry, host: string, port: number): boolean {
  const isOwn = isRegistry(registry, host, port);
  const names = isOwn ? [host, new URL(publicRegistry).hostname] : [host];
  const named = (patterns: string[]) => names.some((name) => patterns.some((pattern) => matches(pattern.toLowerCase(), name)));
  const refused = hosts.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  // A name that is taken out could still be reached by its address.
  const byAddress = refused.length > 0 && isIP(host) > 0 && !isOwn && !hosts.includes(host);
  return named(hosts) && !named(refused) && !byAddress;
}

async function permittedAddress(registry: Registry, host: string, port: number): Promise<string> {
  const address = isIP(host) ? host : (await lookup(host)).address;
  if (!isRegistry(registry, host, port) && !isPublicAddress(address)) throw new Refused(`${host} is not a public address.`);
  return address;
}

function isRegistry({ host, url }: Registry, name: string, port: number): boolean {
  return name === host && port === portOf(new URL(url));
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
