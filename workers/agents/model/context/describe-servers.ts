import { excerpt } from '#lib/core/words/excerpt.ts';
import type { McpOffer } from '#workers/mcp/offered-tools.ts';
import type { ContextPart } from './collect-context.ts';
import { markData } from './mark-data.ts';

const toolsLimit = 2_000;

/** A server that could not be used is told of too: the person sees its name, and the model does not look for it. */
export function describeServers(offers: readonly McpOffer[]): ContextPart[] {
  return offers.map(({ server, tools, problem }) => {
    if (problem !== null)
      return {
        name: `MCP ${server}: not usable`,
        text: `The MCP server "${server}" cannot be used in this run.\n${markData(server, problem)}`,
      };
    const names = excerpt(tools.map(({ name }) => name).join(', '), toolsLimit);
    return { name: `MCP ${server}`, text: `The MCP server "${server}" has these tools:\n${markData(server, names)}` };
  });
}
