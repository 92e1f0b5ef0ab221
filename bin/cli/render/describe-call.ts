import type { ToolCall, ToolResult } from '#lib/core/tool.ts';
import { hasFailed, describeCall as inWords } from '#lib/core/words/describe-call.ts';
import { describeError } from '#lib/core/words/refusal-words.ts';
import type { Style } from '../terminal.ts';
import { cleanLine, cleanText } from './clean-text.ts';

const shownLines = 12;
const lineWidth = 200;

/** One line that says what a call does, from its arguments and never from the agent's words about it. */
export function describeCall(call: ToolCall): string {
  switch (call.tool) {
    case 'run_command':
      return `$ ${cleanLine(call.args.command)}`;
    case 'move_path':
      return `move ${cleanLine(call.args.from)} → ${cleanLine(call.args.to)}`;
    case 'search_files':
      return `search "${cleanLine(call.args.query)}"`;
    case 'create_checkpoint':
      return `checkpoint "${cleanLine(call.args.name)}"`;
    case 'revert_checkpoint':
      return `revert to ${cleanLine(call.args.checkpoint)}`;
    case 'apply_patch':
      return 'apply a patch';
    case 'project_structure':
      return 'look at the project';
    case 'git_log':
      return 'read the history';
    case 'mcp_call':
      return `call ${cleanLine(call.args.name)} of ${cleanLine(call.args.server)}`;
    case 'agent_action': {
      const { verb, object } = inWords(call, 'wanted');
      return `${verb.toLowerCase()} ${cleanLine(object)}`;
    }
    default: {
      const path = 'path' in call.args && call.args.path ? ` ${cleanLine(call.args.path)}` : '';
      return `${call.tool.replaceAll('_', ' ')}${path}`;
    }
  }
}

/** How a call ended, and the end of what it printed. What an agent is told of an edit that went well is left out: its changes are shown. */
export function describeResult(result: ToolResult, style: Style, call?: ToolCall): string[] {
  const isEdit = call?.tool === 'agent_action' && call.args.kind === 'edit' && result.status === 'succeeded';
  const output = isEdit ? '' : [result.stdout, result.stderr].filter((text) => text.trim()).join('\n');
  const lines = tail(cleanText(output)).map((line) => style.dim(`│ ${line}`));
  const seconds = `${(result.duration_ms / 1000).toFixed(1)} s`;
  if (result.status === 'succeeded') return [...lines, `${style.green('✓')} ${style.dim(seconds)}`];
  if (result.status === 'denied') return [...lines, style.red(`✗ not allowed: ${cleanLine(result.error ?? '')}`)];
  const code = result.returncode === null ? '' : `, exit code ${result.returncode}`;
  const error = cleanLine(describeError(result));
  const ended = `${result.status}${code}${error && `: ${error}`}`;
  return [...lines, hasFailed(result) ? style.red(`✗ ${ended}`) : style.dim(`– ${ended}`)];
}

function tail(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  const shown = lines.slice(-shownLines).map((line) => (line.length > lineWidth ? `${line.slice(0, lineWidth)}…` : line));
  if (lines.length === 1 && !lines[0]) return [];
  return lines.length > shownLines ? [`… ${lines.length - shownLines} lines above`, ...shown] : shown;
}
