import type { ToolCall } from '#lib/core/tool.ts';
import type { ProjectSummary } from '../../agent.ts';

const files = ['README.md', 'a.txt', 'b.txt', 'docs/guide.md', 'package.json', 'src/app.ts', 'src/main.ts', 'tests/test_a.py'];

/** The project that the corpus of goals is read against. */
export const corpusProject: ProjectSummary = {
  name: 'corpus',
  fileCount: files.length,
  files,
  readFile: async (path) => (path === 'package.json' ? '{"scripts":{"test":"vitest"}}' : files.includes(path) ? 'old words\n' : null),
};

/** A call on one line; contents over 40 characters are left out. */
export function callLine({ tool, args }: ToolCall): string {
  switch (tool) {
    case 'create_file':
      return args.content.length > 40 ? `create ${args.path}` : `create ${args.path} = ${JSON.stringify(args.content)}`;
    case 'append_file':
      return `append ${args.path} + ${JSON.stringify(args.content)}`;
    case 'edit_file':
      return `edit ${args.path}: ${args.find} -> ${args.replace}`;
    case 'move_path':
      return `move ${args.from} -> ${args.to}`;
    case 'run_command':
      return `run ${args.command}${args.cwd === '.' ? '' : ` in ${args.cwd}`}`;
    case 'search_files':
      return `search ${args.query} in ${args.path}`;
    case 'git_diff':
      return ['diff', args.from, args.path].filter((part) => part !== undefined).join(' ');
    case 'git_log':
      return `log ${args.limit}`;
    case 'create_checkpoint':
      return `checkpoint ${args.name}`;
    case 'revert_checkpoint':
      return `revert ${args.checkpoint}`;
    case 'project_structure':
      return `structure ${args.depth}`;
    case 'apply_patch':
      return `patch ${args.patch.split('\n').length} lines`;
    case 'mcp_call':
    case 'agent_action':
      return `${tool} ${args.name}`;
    default:
      return `${tool.split('_')[0]} ${args.path}`;
  }
}
