import type { ToolCall } from '#lib/core/tool.ts';
import { bridgeTools } from '../../mcp/bridge/agent-bridge.ts';
import { type Door, serveDoor } from '../../mcp/bridge/serve-door.ts';
import { describeTool } from '../../mcp/describe-tool.ts';
import { mcpCallOf } from '../../mcp/offered-names.ts';
import type { RunContext, RunSnapshot } from '../../run/run-context.ts';

/** The tools of the project's servers for an agent that is a program of its own. */
export type ToolDoor = Door & { callOf(name: string, input: unknown): Extract<ToolCall, { tool: 'mcp_call' }> | null };

/** Null where there are none: for an agent that takes none, or a project that has none. */
export async function openDoor(context: RunContext, { state }: RunSnapshot, onNews: () => void): Promise<ToolDoor | null> {
  const named = await bridgeTools(context, state);
  if (!named) return null;
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
