import { type JSONSchema7, jsonSchema, type ToolSet, tool } from 'ai';
import type { ToolCall } from '#lib/core/tool.ts';
import { describeTool } from '../../mcp/describe-tool.ts';
import type { McpTool } from '../../mcp/list-mcp-tools.ts';
import { mcpCallOf, nameTools } from '../../mcp/offered-names.ts';
import type { McpOffer } from '../../mcp/offered-tools.ts';

/** Tools of MCP servers as the model sees them, `server__tool`, and the way back to the call. */
export type ServerTools = {
  tools: ToolSet;
  callOf(toolName: string, input: unknown): Extract<ToolCall, { tool: 'mcp_call' }> | null;
};

const nameLimit = 64;

export function serverTools(offers: readonly McpOffer[]): ServerTools {
  const byName = nameTools(offers, nameLimit);
  const described = (offered: McpTool) =>
    tool({ description: describeTool(offered), inputSchema: jsonSchema<Record<string, unknown>>(offered.inputSchema as JSONSchema7) });
  return {
    tools: Object.fromEntries([...byName].map(([name, offered]) => [name, described(offered)])),
    callOf(toolName, input) {
      const offered = byName.get(toolName);
      return offered ? mcpCallOf(offered, input) : null;
    },
  };
}
