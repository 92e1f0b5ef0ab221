import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { asFunctions, asScripts, waitFor, wholeLength } from './code-mode.ts';

type Tool = { type: string; name?: string; tools?: Tool[] };

const between = '::';

/**
 * Codex puts the tools of a server into a namespace, which the scripted model does not know: before it they are functions named `namespace::tool`, and its
 * calls of those are given their namespace back. Returns where to reach `mockUrl` by this
 * way; closed after the file's last test. Nothing streams. The models that write scripts are made known to it too: see code-mode.ts.
 */
export async function spellNamespaces(mockUrl: string): Promise<string> {
  const server = createServer(async (incoming, outgoing) => {
    const { method, headers } = incoming;
    const body = await text(incoming);
    const { host: _host, 'content-length': length, connection: _connection, ...kept } = headers;
    const plain = method === 'POST' ? asFunctions(body) : null;
    const waits = plain && waitFor(body);
    if (waits) return void outgoing.writeHead(200, { 'content-type': 'text/event-stream' }).end(waits);
    const sent = method === 'POST' ? { body: plain ?? flatten(body) } : {};
    const answer = await fetch(`${mockUrl}${incoming.url}`, {
      method,
      headers: { ...(kept as Record<string, string>), ...(plain ? { [wholeLength]: length } : {}) },
      ...sent,
    });
    const { 'content-length': _size, ...told } = Object.fromEntries(answer.headers);
    if (plain && answer.ok)
      return void outgoing.writeHead(200, { ...told, 'content-type': 'text/event-stream' }).end(asScripts(await answer.text()));
    outgoing.writeHead(answer.status, told);
    outgoing.end((await answer.text()).replaceAll(/"name":"([^":]+)::([^"]+)"/g, '"name":"$2","namespace":"$1"'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function flatten(body: string): string {
  const { tools, ...rest } = JSON.parse(body) as { tools?: Tool[] };
  const spelled = tools?.flatMap((tool) =>
    tool.type === 'namespace' ? (tool.tools ?? []).map((inner) => ({ ...inner, name: `${tool.name}${between}${inner.name}` })) : [tool],
  );
  return JSON.stringify({ ...rest, ...(spelled ? { tools: spelled } : {}) });
}
