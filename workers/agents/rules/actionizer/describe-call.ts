import type { ToolCall } from '#lib/core/tool.ts';

/** One honest sentence about what a call does, from the call itself. */
export function describeCall(call: ToolCall): string {
  switch (call.tool) {
    case 'read_file':
      return `Reads ${call.args.path}.`;
    case 'list_files':
      return `Lists the files in ${call.args.path === '.' ? 'the project' : call.args.path}.`;
    case 'project_structure':
      return 'Looks at how the project is laid out.';
    case 'search_files':
      return `Searches the files for "${call.args.query}".`;
    case 'create_file':
      return call.args.content === '' ? `Writes ${call.args.path}, empty.` : `Writes ${call.args.path} (${lines(call.args.content)}).`;
    case 'append_file':
      return `Adds ${lines(call.args.content)} at the end of ${call.args.path}.`;
    case 'edit_file':
      return `Replaces "${short(call.args.find)}" with "${short(call.args.replace)}" in ${call.args.path}.`;
    case 'apply_patch':
      return 'Applies the patch that the goal gives.';
    case 'create_folder':
      return `Creates the folder ${call.args.path}.`;
    case 'move_path':
      return `Moves ${call.args.from} to ${call.args.to}.`;
    case 'delete_path':
      return `Deletes ${call.args.path}.`;
    case 'run_command':
      return ended(`Runs ${short(call.args.command)}${call.args.cwd === '.' ? '' : ` in ${call.args.cwd}`}`);
    case 'git_diff':
      return call.args.from ? `Shows what changed since ${call.args.from}.` : 'Shows what changed in this thread.';
    case 'git_log':
      return 'Shows the latest commits.';
    case 'create_checkpoint':
      return `Names the current checkpoint "${call.args.name}".`;
    case 'revert_checkpoint':
      return call.args.checkpoint === 'previous' ? 'Takes back the last change.' : `Goes back to checkpoint ${call.args.checkpoint}.`;
    case 'mcp_call':
      return `Calls ${call.args.name} of ${call.args.server}.`;
    case 'agent_action':
      return `Uses ${call.args.name}.`;
  }
}

function lines(text: string): string {
  const count = text.replace(/\n$/, '').split('\n').length;
  return count === 1 ? 'one line' : `${count} lines`;
}

function short(text: string): string {
  const characters = [...text.replaceAll('\n', ' ')];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('');
}

/** With a full stop, but for what was cut off. */
function ended(sentence: string): string {
  return sentence.endsWith('…') ? sentence : `${sentence}.`;
}
