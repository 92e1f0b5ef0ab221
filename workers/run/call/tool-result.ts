import type { ToolResult } from '#lib/core/tool.ts';

/** A result that holds what is named, and nothing else. */
export function toolResult(part: Pick<ToolResult, 'status'> & Partial<ToolResult>): ToolResult {
  return { stdout: '', stderr: '', returncode: null, error: null, artifacts: [], duration_ms: 0, ...part };
}

export function failure(status: ToolResult['status'], error: string): ToolResult {
  return toolResult({ status, error });
}
