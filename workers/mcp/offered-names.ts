import { createHash } from 'node:crypto';
import type { ToolCall } from '#lib/core/tool.ts';
import type { McpTool } from './list-mcp-tools.ts';
import type { McpOffer } from './offered-tools.ts';

/** Tools of all servers by the name that a model calls them, `server__tool`; of at most `nameLimit` characters that every provider takes. */
export function nameTools(offers: readonly McpOffer[], nameLimit: number): Map<string, McpTool> {
  return new Map(offers.flatMap(({ tools }) => tools).map((offered) => [nameOf(offered, nameLimit), offered]));
}

/** The way back from a model's words to the call. */
export function mcpCallOf({ server, serverId, name }: McpTool, input: unknown): Extract<ToolCall, { tool: 'mcp_call' }> {
  return { tool: 'mcp_call', args: { server, serverId, name, input: input as Record<string, never> } };
}

/** A name with other letters, or too long a one, is told from its like by a hash. */
function nameOf({ server, name }: McpTool, limit: number): string {
  const plain = `${server}__${name.replaceAll(/[^\w-]/g, '_')}`;
  if (plain === `${server}__${name}` && plain.length <= limit) return plain;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${plain.slice(0, limit - hash.length - 1)}_${hash}`;
}
