import type { ToolCall } from '#lib/core/tool.ts';
import { readScript, type ScriptView } from '../shell/read-script.ts';
import { hostsInScript, hostsInText } from './host-pattern.ts';

/** What the words of a call say that it does. */
export type CallFacts = {
  call: ToolCall;
  script: ScriptView | null;
  hosts: string[];
  /** Paths that it changes or deletes by name; what a command changes is only known from its effect. */
  changes: { path: string; act: 'write' | 'delete' }[];
};

/** Reads a call without running anything of it. */
export function readCall(call: ToolCall): CallFacts {
  const script = call.tool === 'run_command' ? readScript(call.args.command) : null;
  return { call, script, hosts: script ? hostsInScript(script) : hostsInCall(call), changes: changesOf(call) };
}

function hostsInCall(call: ToolCall): string[] {
  if (call.tool === 'mcp_call') return hostsInText(JSON.stringify(call.args.input));
  return call.tool === 'agent_action' ? hostsInText(call.args.input) : [];
}

const write = (path: string) => ({ path, act: 'write' as const });
const remove = (path: string) => ({ path, act: 'delete' as const });

function changesOf(call: ToolCall): CallFacts['changes'] {
  switch (call.tool) {
    case 'create_file':
    case 'append_file':
    case 'edit_file':
    case 'create_folder':
      return [write(call.args.path)];
    case 'move_path':
      return [remove(call.args.from), write(call.args.to)];
    case 'delete_path':
      return [remove(call.args.path)];
    case 'apply_patch':
      return patchedPaths(call.args.patch).map(write);
    case 'agent_action':
      if (call.args.kind === 'edit') return call.args.paths.map(write);
      if (call.args.kind === 'delete') return call.args.paths.map(remove);
      return call.args.kind === 'move' ? call.args.paths.flatMap((path) => [remove(path), write(path)]) : [];
    default:
      return [];
  }
}

function patchedPaths(patch: string): string[] {
  const paths = [...patch.matchAll(/^(?:---|\+\+\+|rename from|rename to) (?:[ab]\/)?([^\t\n\r]+)/gm)].map(([, path = '']) => path);
  return paths.filter((path) => path !== '/dev/null');
}
