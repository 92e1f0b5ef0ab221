import type { ToolCall } from '#lib/core/tool.ts';
import { bridgeTools, takesTools } from '#workers/mcp/bridge/agent-bridge.ts';
import { type Door, serveDoor } from '#workers/mcp/bridge/serve-door.ts';
import { describeTool } from '#workers/mcp/describe-tool.ts';
import type { McpTool } from '#workers/mcp/list-mcp-tools.ts';
import { mcpCallOf } from '#workers/mcp/offered-names.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';

/** The tools of the project's servers for an agent that is a program of its own. */
export type ToolDoor = Door & { callOf(name: string, input: unknown): Extract<ToolCall, { tool: 'mcp_call' }> | null };

/**
 * Null where there are none: for an agent that takes none, or a project that has none. A program that runs (`isRunning`) may wait at the door for
 * a server that was taken away since.
 */
export async function openDoor(
  context: RunContext,
  { state }: RunSnapshot,
  { isRunning, onNews }: { isRunning: boolean; onNews: () => void },
): Promise<ToolDoor | null> {
  const offered = await bridgeTools(context, state);
  if (!offered && !(isRunning && takesTools(context))) return null;
  const named = offered ?? new Map<string, McpTool>();
  const tools = [...named].map(([name, tool]) => ({ name, description: describeTool(tool), inputSchema: tool.inputSchema }));
  const door = await serveDoor({ folder: context.home.mcpDoor(context.threadId), tools, onNews });
  return {
    ...door,
    callOf(name, input) {
      const tool = named.get(name);
      return tool ? mcpCallOf(tool, input) : null;
    },
  };
}
