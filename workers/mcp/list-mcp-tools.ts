import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ListToolsResultSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import { plainText } from './plain-text.ts';

/** A tool as its server describes it, in what a model can take: every word of it is the server's. */
export type McpTool = { server: string; serverId: string; name: string; description: string; inputSchema: Record<string, unknown> };

const toolsLimit = 64;
const pagesLimit = 10;
const nameLimit = 200;
const descriptionLimit = 1_000;
const schemaLimit = 8_000;

type Server = { id: string; name: string };

/** All tools of a server, page by page; those past the limits are left out. The SDK's own method would compile the server's schemas here. */
export async function listMcpTools(client: Client, server: Server, options: { signal: AbortSignal; timeout: number }): Promise<McpTool[]> {
  if (!client.getServerCapabilities()?.tools) return [];
  const tools = new Map<string, McpTool>();
  let cursor: string | undefined;
  for (let page = 0; page < pagesLimit && tools.size < toolsLimit; page += 1) {
    const listed = await client.request({ method: 'tools/list', params: { cursor } }, ListToolsResultSchema, options);
    for (const tool of listed.tools) {
      const isPlain = tool.name.length <= nameLimit && tool.name === plainText(tool.name, nameLimit) && tool.name !== '';
      if (isPlain && !tools.has(tool.name) && tools.size < toolsLimit) tools.set(tool.name, readTool(server, tool));
    }
    cursor = listed.nextCursor;
    if (!cursor) break;
  }
  return [...tools.values()];
}

function readTool(server: Server, { name, description = '', inputSchema }: Tool): McpTool {
  return {
    server: server.name,
    serverId: server.id,
    name,
    description: plainText(description, descriptionLimit),
    inputSchema: plainSchema(inputSchema),
  };
}

/** Providers refuse a whole request for one schema they do not like: what is not plain becomes "any object", and the server checks. */
function plainSchema(schema: Tool['inputSchema']): Record<string, unknown> {
  const { type, properties = {}, required = [], $defs } = schema;
  const kept = { type, properties, required: required.filter((name) => Object.hasOwn(properties, name)), ...($defs ? { $defs } : {}) };
  const text = JSON.stringify(kept);
  const isPlain = text.length <= schemaLimit && Object.keys(properties).every((name) => /^[\w.-]{1,64}$/.test(name));
  return isPlain ? (JSON.parse(plainText(text, schemaLimit)) as Record<string, unknown>) : { type: 'object' };
}
