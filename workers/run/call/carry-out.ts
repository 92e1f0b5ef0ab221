import type { ToolResult } from '#lib/core/tool.ts';
import { callMcpTool } from '#workers/mcp/call-mcp-tool.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import { runTool } from '#workers/tools/run-tool.ts';
import type { ToolInput } from '#workers/tools/tool-input.ts';

/** Runs a call in its transaction, by Choir's own tools or by those of the project's MCP servers. */
export function carryOut(context: RunContext, input: ToolInput & { projectId: string; transactionId: string }): Promise<ToolResult> {
  const { call } = input;
  return call.tool === 'mcp_call' ? callMcpTool(context, { ...input, call }) : runTool(input);
}

/** Whether a call was ended in the middle: nothing of it is kept. */
export function isCutOff({ status }: ToolResult): boolean {
  return status === 'timed-out' || status === 'interrupted';
}
