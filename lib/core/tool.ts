import { z } from 'zod';

const TreePath = z.string().min(1).max(4096).describe('relative to the root of the working tree, with forward slashes');

/** Every tool that an agent may call, with its arguments. Paths are relative to the working tree. */
export const ToolCall = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('read_file'), args: z.object({ path: TreePath }) }),
  z.object({ tool: z.literal('list_files'), args: z.object({ path: z.string().max(4096).default('.') }) }),
  z.object({ tool: z.literal('project_structure'), args: z.object({ depth: z.number().int().min(1).max(8).default(3) }) }),
  z.object({ tool: z.literal('search_files'), args: z.object({ query: z.string().min(1).max(500), path: z.string().default('.') }) }),
  z.object({ tool: z.literal('create_file'), args: z.object({ path: TreePath, content: z.string(), executable: z.boolean().optional() }) }),
  z.object({ tool: z.literal('append_file'), args: z.object({ path: TreePath, content: z.string() }) }),
  z.object({
    tool: z.literal('edit_file'),
    args: z.object({ path: TreePath, find: z.string().min(1), replace: z.string(), all: z.boolean().default(true) }),
  }),
  z.object({ tool: z.literal('apply_patch'), args: z.object({ patch: z.string().min(1).describe('unified diff') }) }),
  z.object({ tool: z.literal('create_folder'), args: z.object({ path: TreePath }) }),
  z.object({ tool: z.literal('move_path'), args: z.object({ from: TreePath, to: TreePath }) }),
  z.object({ tool: z.literal('delete_path'), args: z.object({ path: TreePath }) }),
  z.object({
    tool: z.literal('run_command'),
    args: z.object({
      command: z.string().min(1).max(100_000).describe('run by bash'),
      cwd: z.string().default('.'),
      timeoutMs: z.number().int().positive().max(3_600_000).optional(),
    }),
  }),
  z.object({ tool: z.literal('git_diff'), args: z.object({ from: z.string().optional(), path: TreePath.optional() }) }),
  z.object({ tool: z.literal('git_log'), args: z.object({ limit: z.number().int().min(1).max(200).default(20) }) }),
  z.object({ tool: z.literal('create_checkpoint'), args: z.object({ name: z.string().min(1).max(120) }) }),
  z.object({
    tool: z.literal('revert_checkpoint'),
    args: z.object({ checkpoint: z.string().min(1).max(120).describe('a checkpoint id, its number, its name, or "previous"') }),
  }),
  z.object({
    tool: z.literal('mcp_call'),
    args: z.object({
      server: z.string().min(1).max(100),
      serverId: z.string().max(100).optional().describe('the one server of that name that it is for: no other that has the name later'),
      name: z.string().min(1).max(200),
      input: z.record(z.string(), z.json()).default({}),
    }),
  }),
  z.object({
    tool: z.literal('agent_action'),
    args: z
      .object({
        name: z.string().min(1).max(200),
        kind: z.enum(['read', 'edit', 'delete', 'move', 'search', 'fetch', 'think', 'mcp', 'other']),
        paths: z
          .array(z.string().max(4096))
          .max(100)
          .default([])
          .describe('relative to the working tree; outside of it as the agent named them'),
        input: z.string().max(32_768).default('').describe('what the agent said it is about to do, as JSON or a diff'),
      })
      .describe('an act of an agent that works in a process of its own and that is no command'),
  }),
]);
export type ToolCall = z.infer<typeof ToolCall>;
export type ToolName = ToolCall['tool'];

export const toolStatuses = ['succeeded', 'failed', 'denied', 'rejected', 'timed-out', 'cancelled', 'interrupted'] as const;

export const Artifact = z.object({ path: z.string(), bytes: z.number().int().nonnegative(), mediaType: z.string() });
export type Artifact = z.infer<typeof Artifact>;

/** What every tool call of every agent ends in. `stdout` and `stderr` keep head and tail past `outputLimitBytes`; `returncode` is null when nothing exited. */
export const ToolResult = z.object({
  status: z.enum(toolStatuses),
  stdout: z.string().default(''),
  stderr: z.string().default(''),
  returncode: z.number().int().nullable().default(null),
  error: z.string().nullable().default(null),
  artifacts: z.array(Artifact).default([]),
  duration_ms: z.number().nonnegative().default(0),
});
export type ToolResult = z.infer<typeof ToolResult>;

/** Bytes of stdout and of stderr that one event keeps; the middle of anything longer is left out and said so. */
export const outputLimitBytes = 32_768;

const readingTools: ReadonlySet<ToolName> = new Set([
  'read_file',
  'list_files',
  'project_structure',
  'search_files',
  'git_diff',
  'git_log',
]);

/** Whether a tool only looks. */
export function isReadingTool(tool: ToolName): boolean {
  return readingTools.has(tool);
}
