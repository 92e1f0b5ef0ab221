import type { ToolCall } from '#lib/core/tool.ts';

/** Every path that a call names, as given. */
export function pathsOf(call: ToolCall): string[] {
  switch (call.tool) {
    case 'move_path':
      return [call.args.from, call.args.to];
    case 'run_command':
      return [call.args.cwd];
    case 'git_diff':
      return call.args.path === undefined ? [] : [call.args.path];
    case 'apply_patch':
    case 'project_structure':
    case 'git_log':
    case 'create_checkpoint':
    case 'revert_checkpoint':
    case 'mcp_call':
      return [];
    case 'agent_action':
      return call.args.paths;
    default:
      return [call.args.path];
  }
}

/** Whether a path, as it is written, names something in the tree. Links are the sandbox's business. */
export function staysInTree(path: string): boolean {
  if (path.startsWith('/') || path.startsWith('~') || path.includes('\0') || path.includes('\\')) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return true;
}
