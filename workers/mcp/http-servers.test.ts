import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterAll, describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { listMcpServers } from '#lib/mcp/list-mcp-servers.ts';
import type { McpServerRow } from '#lib/mcp/mcp-server.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { readHistory } from '#lib/threads/read-history.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { listMcpTools } from './list-mcp-tools.ts';
import { withServer } from './with-server.ts';

const bench = await testWorker();
const { context } = bench;
const token = 'Bearer header-secret-93b1';
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.closeAllConnections();
});

async function listen(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> | void): Promise<string> {
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
}

/** As the SDK has it for servers without sessions: one for each request. It says back what it was sent. */
async function real(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (incoming.headers.authorization !== token) return void outgoing.writeHead(401).end();
  const server = new McpServer({ name: 'docs', version: '1.0.0' });
  server.registerTool('search', { description: 'Searches.' }, () => ({
    content: [{ type: 'text', text: `You sent ${incoming.headers.authorization}` }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(incoming, outgoing);
}

function* endless() {
  for (;;) yield 'x'.repeat(65_536);
}

const url = await listen(real);
const search: ToolCall = { tool: 'mcp_call', args: { server: 'docs', name: 'search', input: {} } };

async function openWith(from: { url: string; headers?: Record<string, string> }) {
  const thread = await bench.open(stepAgent([search]));
  await addMcpServer(context, { projectId: thread.projectId, name: 'docs', from: { kind: 'http', ...from } });
  await thread.work();
  return thread;
}

async function approve(thread: Awaited<ReturnType<typeof openWith>>) {
  const [approval] = openApprovals(await thread.state());
  await answerApproval(context, { approvalId: approval?.approvalId ?? '', decision: 'approve' });
  await thread.work();
  return (await thread.state()).run?.calls.at(-1);
}

describe('a server outside', () => {
  it('is called with its headers when a person said yes, and nobody is shown them', async () => {
    const thread = await openWith({ url, headers: { Authorization: token } });
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'outside', action: { network: true } }]);
    expect(JSON.stringify(await context.database.sql`select * from mcp_servers`)).not.toContain(token);
    expect(await approve(thread)).toMatchObject({
      result: { status: 'succeeded', stdout: 'You sent [hidden]' },
      network: true,
    });
    const told = JSON.stringify([
      await readHistory(context.database, await thread.state()),
      await thread.state(),
      await listMcpServers(context, { projectId: thread.projectId }),
    ]);
    expect(told).not.toContain('header-secret');
    expect(told).toContain('"secrets":["Authorization"]');
    expect(told).toContain(`"contacted":["${new URL(url).host}"]`);
  });

  it('is not called under "no network"', async () => {
    const thread = await openWith({ url, headers: { Authorization: token } });
    await addRules(context, { text: 'no network', scope: 'thread', scopeId: thread.threadId });
    expect(await approve(thread)).toMatchObject({ result: { status: 'denied' } });
  });

  it('is cut off by a rule that comes during the call', async () => {
    let onCall = (): unknown => undefined;
    const thread = await openWith({ url: await listen(() => void onCall()) });
    onCall = () => addRules(context, { text: 'no network', scope: 'thread', scopeId: thread.threadId });
    const error = 'A rule came that leaves no way to this server.';
    expect(await approve(thread)).toMatchObject({ result: { status: 'interrupted', error } });
    expect((await thread.state()).run?.status).toBe('completed');
  });

  it.each([
    ['redirects', (_: IncomingMessage, outgoing: ServerResponse) => void outgoing.writeHead(307, { location: url }).end()],
    ['refuses', (_: IncomingMessage, outgoing: ServerResponse) => void outgoing.writeHead(500).end('no')],
    [
      'answers without end',
      async (incoming: IncomingMessage, outgoing: ServerResponse) => {
        await text(incoming);
        outgoing.writeHead(200, { 'content-type': 'application/json' });
        Readable.from(endless()).pipe(outgoing);
      },
    ],
  ])('that %s fails the call and nothing else', async (_, answer) => {
    const thread = await openWith({ url: await listen(answer) });
    const call = await approve(thread);
    expect(['failed', 'interrupted']).toContain(call?.result?.status);
    expect((await thread.state()).run?.status).toBe('completed');
  });
});

it('reaches no private address that was a public one when it was set', async () => {
  const transport = { kind: 'http', url: url.replace('127.0.0.1', 'localhost'), headers: { Authorization: token }, privateAddress: false };
  const row = { id: 'mc_1', projectId: 'pr_1', name: 'docs', transport } as unknown as McpServerRow;
  const place = { threadId: 'th_1', transactionId: 'ca_1', hosts: [], signal: new AbortController().signal, timeoutMs: 10_000 };
  const worker = { home: bench.home, sandbox: undefined as never };
  await expect(withServer(worker, row, place, (client, options) => listMcpTools(client, row, options))).rejects.toThrow('private network');
});
