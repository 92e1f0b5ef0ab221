import type { ToolCall, ToolName, ToolResult } from '#lib/core/tool.ts';
import { formatDuration } from './format.ts';

type Words = { wanted: string; doing: string; done: string };
/** `wanted`: it was not done, or is not known to be. */
export type CallTense = keyof Words;

const verbs: Record<ToolName, Words> = {
  read_file: { wanted: 'Read', doing: 'Reading', done: 'Read' },
  list_files: { wanted: 'List', doing: 'Listing', done: 'Listed' },
  project_structure: { wanted: 'Look at', doing: 'Looking at', done: 'Looked at' },
  search_files: { wanted: 'Search', doing: 'Searching', done: 'Searched' },
  create_file: { wanted: 'Create', doing: 'Creating', done: 'Created' },
  append_file: { wanted: 'Append to', doing: 'Appending to', done: 'Appended to' },
  edit_file: { wanted: 'Edit', doing: 'Editing', done: 'Edited' },
  apply_patch: { wanted: 'Apply', doing: 'Applying', done: 'Applied' },
  create_folder: { wanted: 'Create', doing: 'Creating', done: 'Created' },
  move_path: { wanted: 'Move', doing: 'Moving', done: 'Moved' },
  delete_path: { wanted: 'Delete', doing: 'Deleting', done: 'Deleted' },
  run_command: { wanted: 'Run', doing: 'Running', done: 'Ran' },
  git_diff: { wanted: 'Compare', doing: 'Comparing', done: 'Compared' },
  git_log: { wanted: 'Read', doing: 'Reading', done: 'Read' },
  create_checkpoint: { wanted: 'Make', doing: 'Making', done: 'Made' },
  revert_checkpoint: { wanted: 'Go back to', doing: 'Going back to', done: 'Went back to' },
  mcp_call: { wanted: 'Call', doing: 'Calling', done: 'Called' },
  agent_action: { wanted: 'Do', doing: 'Doing', done: 'Did' },
};

const actionVerbs: Record<Extract<ToolCall, { tool: 'agent_action' }>['args']['kind'], Words> = {
  read: verbs.read_file,
  edit: verbs.edit_file,
  delete: verbs.delete_path,
  move: verbs.move_path,
  search: verbs.search_files,
  fetch: { wanted: 'Fetch', doing: 'Fetching', done: 'Fetched' },
  think: { wanted: 'Think about', doing: 'Thinking about', done: 'Thought about' },
  mcp: verbs.mcp_call,
  other: { wanted: 'Use', doing: 'Using', done: 'Used' },
};

/** Codex tells of what it has to do with its helpers by these titles alone. */
const helperVerbs: Record<string, Words> = {
  Start: { wanted: 'Start', doing: 'Starting', done: 'Started' },
  'Interact with': { wanted: 'Talk to', doing: 'Talking to', done: 'Talked to' },
  Interrupt: { wanted: 'Stop', doing: 'Stopping', done: 'Stopped' },
  Complete: { wanted: 'Hear from', doing: 'Hearing from', done: 'Heard from' },
};
const helperTitle = /^(Start|Interact with|Interrupt|Complete) subagent (.+)$/;

/** The verb of a call in its tense, and the one thing it is about. `code` objects are shown as they are. */
export function describeCall(call: ToolCall, tense: CallTense): { verb: string; object: string; code: boolean } {
  const verb = verbs[call.tool][tense];
  switch (call.tool) {
    case 'read_file':
    case 'create_file':
    case 'append_file':
    case 'edit_file':
    case 'create_folder':
    case 'delete_path':
      return { verb, object: call.args.path, code: true };
    case 'list_files':
      return call.args.path === '.' ? { verb, object: 'the files', code: false } : { verb, object: call.args.path, code: true };
    case 'search_files':
      return { verb: `${verb} for`, object: call.args.query, code: true };
    case 'move_path':
      return { verb, object: `${call.args.from} → ${call.args.to}`, code: true };
    case 'run_command':
      return { verb, object: call.args.command, code: true };
    case 'create_checkpoint':
      return { verb: `${verb} checkpoint`, object: call.args.name, code: true };
    case 'revert_checkpoint':
      return { verb, object: call.args.checkpoint, code: true };
    case 'project_structure':
      return { verb, object: 'the project', code: false };
    case 'apply_patch':
      return { verb, object: 'a patch', code: false };
    case 'git_diff':
      return { verb, object: 'the changes', code: false };
    case 'git_log':
      return { verb, object: 'the history', code: false };
    case 'mcp_call':
      return { verb, object: `${call.args.server} · ${call.args.name}`, code: true };
    case 'agent_action': {
      const { kind, name, paths } = call.args;
      const [, act = '', helper = ''] = kind === 'other' ? (helperTitle.exec(name) ?? []) : [];
      const helping = helperVerbs[act];
      if (helping) return { verb: `${helping[tense]} the sub-agent`, object: helper, code: true };
      return { verb: actionVerbs[kind][tense], object: paths.length > 0 ? paths.join(', ') : name, code: true };
    }
  }
}

const endings: Record<ToolResult['status'], string> = {
  succeeded: '',
  failed: 'failed',
  denied: 'not allowed',
  rejected: 'rejected',
  'timed-out': 'timed out',
  cancelled: 'stopped',
  interrupted: 'interrupted',
};

/** How a call ended, in a few words: the exit code of a command, of any other tool only when it failed, and how long it took. */
export function describeResult(tool: ToolName | undefined, result: ToolResult): string {
  if (result.status === 'denied') return endings.denied;
  const parts = [endings[result.status]];
  if (result.returncode !== null && (tool === 'run_command' || result.status !== 'succeeded')) parts.push(`exit ${result.returncode}`);
  if (result.duration_ms >= 100) parts.push(formatDuration(result.duration_ms));
  return parts.filter(Boolean).join(' · ');
}

/** Whether a call was to succeed and did not. One that was turned down is no failure. */
export function hasFailed({ status }: Pick<ToolResult, 'status'>): boolean {
  return status !== 'succeeded' && status !== 'rejected';
}

/** The part of a call that is too long for its line: what is written, or the patch. */
export function describeBody(call: ToolCall): { label: string; text: string } | null {
  switch (call.tool) {
    case 'create_file':
    case 'append_file':
      return { label: 'Content', text: call.args.content };
    case 'edit_file':
      return { label: 'Change', text: `${prefix('- ', call.args.find)}\n${prefix('+ ', call.args.replace)}` };
    case 'apply_patch':
      return { label: 'Patch', text: call.args.patch };
    case 'run_command':
      return { label: 'Command', text: call.args.command };
    case 'mcp_call':
      return { label: 'Input', text: JSON.stringify(call.args.input, null, 2) };
    case 'agent_action':
      return call.args.input === '' ? null : { label: 'What it wants to do', text: call.args.input };
    default:
      return null;
  }
}

function prefix(sign: string, text: string): string {
  return text.replace(/^/gm, sign);
}
