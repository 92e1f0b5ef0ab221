import type { ThreadState } from '#lib/core/state.ts';
import type { McpServerRow } from '#lib/mcp/mcp-server.ts';
import { recordMcpCheck } from '#lib/mcp/record-mcp-check.ts';
import { usableMcpServers } from '#lib/mcp/usable-mcp-servers.ts';
import { rulesInForce } from '#lib/rules/rules-in-force.ts';
import { networkOf } from '#workers/run/call/judge-now.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import { listMcpTools, type McpTool } from './list-mcp-tools.ts';
import { plainText } from './plain-text.ts';
import { ServerFailed } from './server-failed.ts';
import { serverHosts } from './server-hosts.ts';
import { withSignedServer } from './with-signed-server.ts';

/** What a server has for a run. */
export type McpOffer = { server: string; tools: McpTool[]; problem: string | null };

const startTimeoutMs = 20_000;
const keptOffers = 200;
const toolsLimit = 128;
const problemLimit = 300;

/** By run and server: a run sees one list from its beginning to its end, or to the death of its worker. */
const offers = new Map<string, Promise<McpOffer>>();

/** The tools of a project's servers, asked of them once in a run. A server that cannot be used is told of, and stops nothing. */
export async function offeredTools(context: RunContext, state: ThreadState): Promise<McpOffer[]> {
  const rows = await usableMcpServers(context.database, state.projectId);
  const found = await Promise.all(rows.map((row) => offerOnce(context, state, row)));
  let left = toolsLimit;
  return found.map((offer) => {
    const tools = offer.tools.slice(0, left);
    left -= tools.length;
    return { ...offer, tools };
  });
}

async function offerOnce(context: RunContext, state: ThreadState, row: McpServerRow): Promise<McpOffer> {
  const key = `${context.runId}\0${row.id}`;
  const known = offers.get(key);
  if (known) return known;
  const offer = offerOf(context, state, row);
  offers.set(key, offer);
  offer.catch(() => offers.delete(key));
  const oldest = offers.keys().next().value;
  if (offers.size > keptOffers && oldest !== undefined) offers.delete(oldest);
  return offer;
}

/** It is asked in an overlay that is dropped, and in the sandbox without network: nobody has said yes to anything yet. */
async function offerOf(context: RunContext, state: ThreadState, row: McpServerRow): Promise<McpOffer> {
  const { threadId, signal, sandbox, database } = context;
  const server = row.name;
  const transactionId = `mcp-${row.id}`;
  const fail = async (problem: string): Promise<McpOffer> => {
    await recordMcpCheck(database, row.id, { problem });
    return { server, tools: [], problem };
  };
  const isOutside = row.transport.kind === 'http';
  if (isOutside && (await isBarred(context, state, row))) return fail('A rule left no way to it.');
  try {
    const place = { threadId, transactionId, hosts: [], signal, timeoutMs: startTimeoutMs };
    const { result, hide } = await withSignedServer(context, row, place, (client, options) => listMcpTools(client, row, options));
    const tools = result.filter(({ name }) => !isOutside || hide(name) === name).map((tool) => withoutSecrets(tool, hide));
    await recordMcpCheck(database, row.id, { tools: tools.map(({ name }) => name) });
    return { server, tools, problem: null };
  } catch (error) {
    if (!(error instanceof ServerFailed)) throw error;
    return fail(plainText(error.message, problemLimit));
  } finally {
    if (!isOutside) await (await sandbox.begin({ threadId, id: transactionId })).drop();
  }
}

/** Words can be blotted out, but not what a call is made by: such a schema becomes "any object", and the server checks. */
function withoutSecrets(tool: McpTool, hide: (text: string) => string): McpTool {
  const said: string[] = [];
  JSON.stringify(tool.inputSchema, (key, value: unknown) => {
    said.push(key, typeof value === 'string' ? value : '');
    return value;
  });
  const isPlain = said.every((text) => hide(text) === text);
  return { ...tool, description: hide(tool.description), inputSchema: isPlain ? tool.inputSchema : { type: 'object' } };
}

async function isBarred(context: RunContext, state: ThreadState, row: McpServerRow): Promise<boolean> {
  const rules = await rulesInForce(context.database, { ...state, runId: context.runId });
  const verdict = { decision: 'ask', reach: 'outside', rule: 'tool.outside', reason: '' } as const;
  return serverHosts(row, networkOf({ verdict, rules }, false)).length === 0;
}
