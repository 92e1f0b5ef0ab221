import type { ToolCall, ToolResult } from '#lib/core/tool.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';

const shownCharacters = 2_000;

/** What a call gave, as Markdown whose fence is longer than any run of backticks inside it: hostile output stays inside. */
export function showResult(call: ToolCall, result: ToolResult): string {
  const output = [result.stdout, result.stderr, result.error ?? ''].map((text) => text.trimEnd()).filter((text) => text !== '');
  const text = excerpt(output.join('\n'), shownCharacters);
  const code = result.returncode ? ` (exit code ${result.returncode})` : '';
  const title = titleOf(call) + code;
  if (text === '') return `${title}: no output.`;
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${title}:\n\n${fence}${call.tool === 'git_diff' ? 'diff' : ''}\n${text}\n${fence}`;
}

function titleOf(call: ToolCall): string {
  switch (call.tool) {
    case 'read_file':
      return inlineCode(call.args.path);
    case 'list_files':
    case 'project_structure':
      return 'The files';
    case 'search_files':
      return `Found for ${inlineCode(call.args.query)}`;
    case 'git_diff':
      return 'What changed';
    case 'git_log':
      return 'The latest commits';
    case 'run_command':
      return inlineCode(call.args.command);
    default:
      return 'Result';
  }
}

/** Text as code within a line, whatever it holds. */
export function inlineCode(text: string): string {
  const line = excerpt(text.replaceAll(/\s+/g, ' ').trim(), 200).replaceAll('\n', ' ');
  const ticks = '`'.repeat(Math.max(1, ...[...line.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}
