import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ToolCall, ToolResult } from '#lib/core/tool.ts';
import { usableMcpServer } from '#lib/mcp/usable-mcp-servers.ts';
import { toolResult } from '#workers/run/call/tool-result.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';
import { plainText } from './plain-text.ts';
import { resultText, toldResult } from './result-text.ts';
import { ServerFailed } from './server-failed.ts';
import { serverHosts } from './server-hosts.ts';
import type { ServerPlace } from './with-server.ts';
import { withSignedServer } from './with-signed-server.ts';

export type McpCall = {
  call: Extract<ToolCall, { tool: 'mcp_call' }>;
  projectId: string;
  transactionId: string;
  network: NetworkAccess;
  onContact?: (host: string) => void;
  timeoutMs?: number;
};

const usualTimeoutMs = 3 * 60_000;
const errorLimit = 1_000;

/**
 * Calls a tool: a server of the sandbox is started for this call alone and works in the call's transaction. Never throws for what a server does;
 * throws the signal's reason.
 */
export async function callMcpTool(context: RunContext, input: McpCall): Promise<ToolResult> {
  const { call, projectId, transactionId, network, onContact, timeoutMs = usualTimeoutMs } = input;
  const startedAt = performance.now();
  const result = (part: Parameters<typeof toolResult>[0]) =>
    toolResult({ ...part, duration_ms: Math.round(performance.now() - startedAt) });
  const { server, name, input: given } = call.args;
  const row = await usableMcpServer(context.database, projectId, call.args);
  if (!row) return result({ status: 'failed', error: `This project has no MCP server “${server}”.` });
  const hosts = serverHosts(row, network);
  if (row.transport.kind === 'http') {
    if (hosts.length === 0) return result({ status: 'denied', error: 'A rule leaves no way to this server.' });
    onContact?.(placeOf(new URL(row.transport.url)));
  }
  const barred = new AbortController();
  const follow = (tell: (hosts: string[]) => void) => {
    if (network.mode === 'allow') network.follow?.((left) => tell(serverHosts(row, { mode: 'allow', hosts: left })));
  };
  if (row.transport.kind === 'http') follow((left) => left.length === 0 && barred.abort());
  const { threadId } = context;
  const signal = AbortSignal.any([context.signal, barred.signal]);
  const place: ServerPlace = { threadId, transactionId, hosts, follow, onContact, signal, timeoutMs };
  try {
    const { result: answer, hide } = await withSignedServer(context, row, place, async (client, options) => {
      const request = { method: 'tools/call', params: { name, arguments: given } } as const;
      const told = await client.request(request, CallToolResultSchema, options);
      return { isError: told.isError === true, text: resultText(told) };
    });
    return result(toldResult(hide(answer.text), answer.isError));
  } catch (error) {
    context.signal.throwIfAborted();
    if (barred.signal.aborted) return result({ status: 'interrupted', error: 'A rule came that leaves no way to this server.' });
    if (!(error instanceof ServerFailed)) throw error;
    const said = plainText(error.message, errorLimit);
    return result({ status: error.how, error: error.how === 'interrupted' ? `The server ended in the middle of the call. ${said}` : said });
  }
}

function placeOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
