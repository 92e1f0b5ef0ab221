import { createHash } from 'node:crypto';
import { createTwoFilesPatch } from 'diff';
import { z } from 'zod';
import { outputLimitBytes, ToolCall, type ToolResult } from '#lib/core/tool.ts';
import { cleanText } from './clean-text.ts';
import type { ToolReport } from './session-update.ts';

const pathLimit = 100;
const diffLinesLimit = 4_000;
const commandLimit = 100_000;
const inputLimit = 32_000;

/** Everything that an agent has said so far of one tool call. */
export function mergeReports(before: ToolReport | undefined, next: ToolReport): ToolReport {
  if (!before) return next;
  const merged = { ...before };
  for (const [key, value] of Object.entries(next)) if (value != null && key !== '_meta') Object.assign(merged, { [key]: value });
  const delta = `${before._meta?.terminal_output_delta?.data ?? ''}${next._meta?.terminal_output_delta?.data ?? ''}`;
  const output = delta ? { terminal_output_delta: { data: cleanText(delta, outputLimitBytes) } } : {};
  return { ...merged, _meta: { ...before._meta, ...next._meta, ...output } };
}

const Command = z.object({ command: z.union([z.string(), z.array(z.string())]), cwd: z.string().optional() });

/**
 * The agent's act in the ledger's words. Never trusted: it is what the agent says, judged as that, and its effect is judged again. A command that is
 * too long to be kept whole, and an act that names more paths than are kept, is one that nobody can judge.
 */
export function toolCallOf(report: ToolReport, tree: string): ToolCall {
  // A server's tool may take something that it calls a command: what it does with it is its own.
  const command = isServerTool(report) ? undefined : Command.safeParse(report.rawInput).data;
  if (command || (report.kind === 'execute' && !isServerTool(report))) {
    const words = command?.command ?? report.title ?? '';
    const text = cleanText(typeof words === 'string' ? words : words.map(quote).join(' '), Number.POSITIVE_INFINITY).trim();
    if (text && text.length <= commandLimit)
      return { tool: 'run_command', args: { command: text, cwd: cleanText(relativePath(command?.cwd ?? '.', tree), 4_000) || '.' } };
  }
  const name = cleanText(report.name || report.title || 'tool', 200);
  const diffs = (report.content ?? []).filter((part) => part?.type === 'diff');
  const named = namedPaths(report, tree);
  const paths = [...new Set(named)].slice(0, pathLimit).map((path) => cleanText(path, 4_000));
  const input = diffs.length > 0 ? showDiffs(diffs, tree) : showInput(report.rawInput);
  const kind = command || named.length > pathLimit ? 'other' : kindOf(report);
  return ToolCall.parse({ tool: 'agent_action', args: { name, kind, paths, input: bounded(input) } });
}

/** One line that says what the agent does, and to which files where its title names none of them. */
export function explanationOf(report: ToolReport, thought: string, tree: string): string {
  const said = report.title?.replaceAll(`${tree}/`, '') || report.name || 'An act of the agent';
  const paths = [...new Set(namedPaths(report, tree))];
  const isNamed = paths.length === 0 || paths.some((path) => said.includes(path.split('/').at(-1) ?? path));
  return cleanText(thought.trim() || (isNamed ? said : `${said}: ${paths.join(', ')}`), 500);
}

/** How a call ended; null while it goes on. `exitLine`: see `AgentProtocol`. */
export function resultOf(report: ToolReport, exitLine?: RegExp): Pick<ToolResult, 'status' | 'stdout' | 'returncode' | 'error'> | null {
  if (report.status !== 'completed' && report.status !== 'failed') return null;
  const output = outputOf(report);
  const told = exitLine?.exec(output);
  const returncode = told ? Number(told[1]) : exitCodeOf(report);
  const failed = report.status === 'failed' || (returncode ?? 0) !== 0;
  const stdout = cleanText(told ? output.replace(told[0], '') : output, outputLimitBytes);
  // An exit code speaks for itself.
  const error = failed && returncode === null ? 'The agent says that it failed.' : null;
  return { status: failed ? 'failed' : 'succeeded', stdout, returncode, error };
}

const Output = z.union([
  z.string(),
  z.object({ output: z.string() }).transform(({ output }) => output),
  z.object({ stdout: z.string() }).transform(({ stdout }) => stdout),
]);

function outputOf({ rawOutput, content, _meta }: ToolReport): string {
  if (_meta?.terminal_output_delta) return _meta.terminal_output_delta.data;
  const raw = Output.safeParse(rawOutput).data;
  if (raw !== undefined) return raw;
  return (content ?? []).flatMap((part) => (part?.type === 'content' ? [part.content.text] : [])).join('\n');
}

const ExitCode = z.union([
  z.object({ exit_code: z.number().int() }).transform(({ exit_code }) => exit_code),
  z.object({ metadata: z.object({ exit: z.number().int() }) }).transform(({ metadata }) => metadata.exit),
]);

function exitCodeOf({ rawOutput, _meta }: ToolReport): number | null {
  const code = _meta?.terminal_exit?.exit_code ?? ExitCode.safeParse(rawOutput).data ?? null;
  return Number.isInteger(code) ? code : null;
}

const kinds = ['read', 'edit', 'delete', 'move', 'search', 'fetch', 'think'] as const;

function kindOf(report: ToolReport): Extract<ToolCall, { tool: 'agent_action' }>['args']['kind'] {
  return isServerTool(report) ? 'mcp' : (kinds.find((known) => known === report.kind) ?? 'other');
}

/** The title of a command is the command itself, which may have any name; Codex calls a server's tool a command too, and says so. */
function isServerTool({ kind, name, title, _meta }: ToolReport): boolean {
  return _meta?.is_mcp_tool_call === true || (kind !== 'execute' && /^mcp[_.]/i.test(name ?? title ?? ''));
}

function namedPaths({ locations, content }: ToolReport, tree: string): string[] {
  const diffs = (content ?? []).filter((part) => part?.type === 'diff');
  return [...(locations ?? []), ...diffs].map(({ path }) => relativePath(path, tree));
}

/** A path of the sandbox as the tree has it; one outside of the tree stays as the agent named it. */
function relativePath(path: string, tree: string): string {
  if (path === tree) return '.';
  return path.startsWith(`${tree}/`) ? path.slice(tree.length + 1) : path;
}

type ToldDiff = { path: string; oldText?: string | null; newText: string };

/** What one takes of the limit is not there for the next: of many, too, finding what changed would take long. */
function showDiffs(diffs: readonly ToldDiff[], tree: string): string {
  let left = diffLinesLimit;
  const shown = diffs.map((diff) => {
    const lines = diff.newText.split('\n').length + (diff.oldText ?? '').split('\n').length;
    const fits = lines <= left;
    if (fits) left -= lines;
    return showDiff(diff, tree, fits ? null : lines);
  });
  return shown.join('\n');
}

/** `lines`: of one that is too long to be compared. */
function showDiff({ path, oldText, newText }: ToldDiff, tree: string, lines: number | null): string {
  const name = relativePath(path, tree).replaceAll(/[\r\n]/g, ' ');
  const before = oldText ?? '';
  if (lines !== null) return `--- ${name}\n+++ ${name}\n(${lines} lines, sha-256: ${digestOf(`${before}\0${newText}`)})`;
  return createTwoFilesPatch(name, name, before, newText, undefined, undefined, { context: 3 }).replace(/^Index:.*\n=+\n/, '');
}

function showInput(input: unknown): string {
  if (input === undefined || input === null) return '';
  try {
    return typeof input === 'string' ? input : JSON.stringify(input);
  } catch {
    return '(nested too deeply to be shown)';
  }
}

/** What is left out has its digest, so that a yes to one act is none to another that looks like it. */
function bounded(input: string): string {
  if (input.length <= inputLimit) return cleanText(input, inputLimit);
  return `${cleanText(input, inputLimit - 100)}\n(sha-256 of the whole: ${digestOf(input)})`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
