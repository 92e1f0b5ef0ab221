import type { ToolName } from '#lib/core/tool.ts';

type Deed = 'read' | 'changed' | 'ran' | 'looked back' | 'asked others';

const deeds: Record<ToolName, Deed> = {
  read_file: 'read',
  list_files: 'read',
  project_structure: 'read',
  search_files: 'read',
  create_file: 'changed',
  append_file: 'changed',
  edit_file: 'changed',
  apply_patch: 'changed',
  create_folder: 'changed',
  move_path: 'changed',
  delete_path: 'changed',
  run_command: 'ran',
  git_diff: 'looked back',
  git_log: 'looked back',
  create_checkpoint: 'changed',
  revert_checkpoint: 'changed',
  mcp_call: 'asked others',
  agent_action: 'asked others',
};

/** A stretch of calls in a few words, what was done most often first: `6 read, 4 ran, 2 changed`. */
export function summarizeWork(tools: readonly ToolName[]): string {
  const counts = new Map<Deed, number>();
  for (const tool of tools) counts.set(deeds[tool], (counts.get(deeds[tool]) ?? 0) + 1);
  return [...counts]
    .toSorted(([, left], [, right]) => right - left)
    .map(([deed, count]) => `${count} ${deed}`)
    .join(', ');
}
