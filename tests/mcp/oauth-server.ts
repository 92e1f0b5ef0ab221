import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterAll } from 'vitest';

type Code = { clientId: string; redirectUri: string; challenge: string; resource: string };

/** What a test turns at: each makes the server break a rule, or be strict about one. */
export type OAuthTraits = {
  tokenSeconds: number;
  /** Where it says that its metadata, its authorization server and its endpoints are. */
  resourceMetadata: string;
  authorizationServer: string;
  issuer: string;
  tokenEndpoint: string;
  challengeMethods: string[];
  registers: boolean;
  redirectsMetadata: string | null;
  resource: string;
  /** Told of each call of a tool, which then has no answer. */
  hold: (() => void) | null;
};

/** An MCP server with its authorization server, strict about everything that the specification asks of a client. */
export async function oauthMcpServer(traits: Partial<OAuthTraits> = {}) {
  const codes = new Map<string, Code>();
  const clients = new Map<string, { redirectUris: string[]; secret?: string }>();
  const access = new Map<string, number>();
  const refreshTokens = new Set<string>();
  const issued: string[] = [];
  const revoked: string[] = [];
  const visits: string[] = [];
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trait: OAuthTraits = {
    tokenSeconds: 3_600,
    resourceMetadata: `${origin}/.well-known/oauth-protected-resource/mcp`,
    authorizationServer: origin,
    issuer: origin,
    tokenEndpoint: `${origin}/token`,
    challengeMethods: ['S256'],
    registers: true,
    redirectsMetadata: null,
    resource: `${origin}/mcp`,
    hold: null,
    ...traits,
  };
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', origin);
    visits.push(`${incoming.method} ${url.pathname}`);
    const say = (status: number, body: unknown) =>
      void outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/oauth-protected-resource/mcp') {
      if (trait.redirectsMetadata) return void outgoing.writeHead(302, { location: trait.redirectsMetadata }).end();
      return say(200, { resource: trait.resource, authorization_servers: [trait.authorizationServer], scopes_supported: ['notes'] });
    }
    if (url.pathname === '/.well-known/oauth-authorization-server')
      return say(200, {
        issuer: trait.issuer,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: trait.tokenEndpoint,
        ...(trait.registers ? { registration_endpoint: `${origin}/register` } : {}),
        response_types_supported: ['code'],
        code_challenge_methods_supported: trait.challengeMethods,
        token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
        revocation_endpoint: `${origin}/revoke`,
        authorization_response_iss_parameter_supported: true,
      });
    if (url.pathname === '/register') {
      const wanted = JSON.parse(await text(incoming)) as { redirect_uris: string[] };
      const clientId = randomUUID();
      clients.set(clientId, { redirectUris: wanted.redirect_uris });
      return say(201, { ...wanted, client_id: clientId });
    }
    if (url.pathname === '/token') {
      const { status, body } = trade(await formOf(incoming));
      return say(status, body);
    }
    if (url.pathname === '/revoke') {
      const form = await formOf(incoming);
      if (!isClient(form)) return say(401, { error: 'invalid_client' });
      revoked.push(form.get('token') ?? '');
      return say(200, {});
    }
    if (url.pathname === '/favicon.ico') return void outgoing.writeHead(204).end();
    if (url.pathname === '/authorize') {
      const link = consent(url.href).href.replaceAll('&', '&amp;');
      return void outgoing.writeHead(200, { 'content-type': 'text/html' }).end(`<a href="${link}">Let Choir in</a>`);
    }
    if (url.pathname !== '/mcp') return void outgoing.writeHead(404).end();
    const [, token = ''] = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '') ?? [];
    if ((access.get(token) ?? 0) < Date.now())
      return void outgoing
        .writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${trait.resourceMetadata}", scope="notes"` })
        .end();
    await serve(incoming, outgoing, token, trait);
  }

  /** What a client sends, with the name and the secret of its header where it has one. */
  async function formOf(incoming: IncomingMessage): Promise<URLSearchParams> {
    const form = new URLSearchParams(await text(incoming));
    const [, basic = ''] = /^Basic (.+)$/.exec(incoming.headers.authorization ?? '') ?? [];
    const [clientId, secret] = atob(basic).split(':');
    if (clientId && secret)
      for (const [name, value] of Object.entries({ client_id: clientId, client_secret: secret })) form.set(name, value);
    return form;
  }

  function isClient(form: URLSearchParams): boolean {
    const client = clients.get(form.get('client_id') ?? '');
    return client !== undefined && (client.secret ?? null) === form.get('client_secret');
  }

  function trade(form: URLSearchParams): { status: number; body: object } {
    const field = (name: string) => form.get(name) ?? '';
    const refuse = (error: string) => ({ status: 400, body: { error } });
    if (!isClient(form)) return refuse('invalid_client');
    if (field('resource') !== trait.resource) return refuse('invalid_target');
    if (field('grant_type') === 'refresh_token') {
      // Rotated: one that comes a second time was stolen.
      if (!refreshTokens.delete(field('refresh_token'))) return refuse('invalid_grant');
    } else {
      const code = codes.get(field('code'));
      codes.delete(field('code'));
      const digest = createHash('sha256').update(field('code_verifier')).digest('base64url');
      const isSame = code?.clientId === field('client_id') && code.redirectUri === field('redirect_uri') && code.challenge === digest;
      if (!isSame) return refuse('invalid_grant');
    }
    const [token, refreshToken] = [`access-${randomUUID()}`, `refresh-${randomUUID()}`];
    access.set(token, Date.now() + trait.tokenSeconds * 1_000);
    refreshTokens.add(refreshToken);
    issued.push(token, refreshToken);
    return {
      status: 200,
      body: { access_token: token, token_type: 'Bearer', expires_in: trait.tokenSeconds, refresh_token: refreshToken },
    };
  }

  /** A person on the sign-in page who says yes, or no: where their browser is sent. Throws where the page would refuse. */
  function consent(page: string, { agrees = true } = {}): URL {
    const { searchParams } = new URL(page);
    const field = (name: string) => searchParams.get(name) ?? '';
    const redirectUri = field('redirect_uri');
    if (!clients.get(field('client_id'))?.redirectUris.includes(redirectUri))
      throw new Error('The client is not known, or goes elsewhere.');
    if (field('code_challenge_method') !== 'S256' || field('response_type') !== 'code') throw new Error('No PKCE.');
    if (field('resource') !== trait.resource || field('scope') !== 'notes' || !field('state')) throw new Error('Something is missing.');
    const code = randomUUID();
    codes.set(code, { clientId: field('client_id'), redirectUri, challenge: field('code_challenge'), resource: field('resource') });
    const back = new URL(redirectUri);
    for (const [name, value] of [
      ...(agrees ? [['code', code]] : [['error', 'access_denied']]),
      ['state', field('state')],
      ['iss', trait.issuer],
    ])
      back.searchParams.set(name as string, value as string);
    return back;
  }

  return {
    url: `${origin}/mcp`,
    origin,
    trait,
    visits,
    /** Every token there ever was. */
    issued,
    /** The tokens that it was asked to forget. */
    revoked,
    consent,
    /** A person sets a client up by hand. */
    enroll(redirectUri: string, secret?: string): string {
      const clientId = `by-hand-${randomUUID()}`;
      clients.set(clientId, { redirectUris: [redirectUri], secret });
      return clientId;
    },
    /** It knows none of its clients any more. */
    forgetClients(): void {
      clients.clear();
    },
    /** From now on no token of before is good; `forever`: nor can it be renewed. */
    expire({ forever = false } = {}): void {
      access.clear();
      if (forever) refreshTokens.clear();
    },
  };
}

/** It says back what it was sent. */
async function serve(incoming: IncomingMessage, outgoing: ServerResponse, token: string, trait: OAuthTraits): Promise<void> {
  const mcp = new McpServer({ name: 'docs', version: '1.0.0' });
  mcp.registerTool('search', { description: `Searches, for ${token}.` }, () => {
    trait.hold?.();
    return trait.hold ? new Promise<never>(() => {}) : { content: [{ type: 'text', text: `You are ${token}.` }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await mcp.connect(transport);
  await transport.handleRequest(incoming, outgoing);
}
