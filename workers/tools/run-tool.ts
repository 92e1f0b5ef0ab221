import { isReadingTool, type ToolResult } from '#lib/core/tool.ts';
import { toolResult } from '#workers/run/call/tool-result.ts';
import type { ExecResult } from '../sandbox/sandbox.ts';
import { applyPatch } from './apply-patch.ts';
import { editFile } from './edit-file.ts';
import { mediaArtifacts } from './media-artifacts.ts';
import { listFiles, projectStructure, readFile, searchFiles } from './read-tools.ts';
import { runCommand } from './run-command.ts';
import { type ToolInput, ToolRefusal } from './tool-input.ts';
import { appendFile, createFile, createFolder, deletePath, movePath } from './write-tools.ts';

/**
 * Carries out one tool call in a transaction, as commands inside the sandbox. Never throws for what a call or a command does:
 * the result says it. Calls about the history (git_diff, checkpoints) are the run's own and are refused here.
 */
export async function runTool(input: ToolInput): Promise<ToolResult> {
  const startedAt = performance.now();
  const duration = () => Math.round(performance.now() - startedAt);
  try {
    const executed = await dispatch(input);
    const changed = isReadingTool(input.call.tool) || executed.ended === 'aborted' ? [] : await input.transaction.changes();
    return { ...outcome(input, executed), artifacts: mediaArtifacts(changed), duration_ms: duration() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const status = input.signal.aborted ? 'cancelled' : 'failed';
    return toolResult({ status, error: error.message, duration_ms: duration() });
  }
}

function dispatch(input: ToolInput): Promise<ExecResult> {
  const { call } = input;
  switch (call.tool) {
    case 'read_file':
      return readFile(call.args, input);
    case 'list_files':
      return listFiles(call.args, input);
    case 'project_structure':
      return projectStructure(call.args, input);
    case 'search_files':
      return searchFiles(call.args, input);
    case 'create_file':
      return createFile(call.args, input);
    case 'append_file':
      return appendFile(call.args, input);
    case 'edit_file':
      return editFile(call.args, input);
    case 'apply_patch':
      return applyPatch(call.args, input);
    case 'create_folder':
      return createFolder(call.args, input);
    case 'move_path':
      return movePath(call.args, input);
    case 'delete_path':
      return deletePath(call.args, input);
    case 'run_command':
      return runCommand(call.args, input);
    default:
      throw new ToolRefusal(`${call.tool} is not a tool of the sandbox.`);
  }
}

function outcome(
  { call, limits }: ToolInput,
  { ended, returncode, stdout, stderr }: ExecResult,
): Omit<ToolResult, 'artifacts' | 'duration_ms'> {
  const output = { stdout, stderr, returncode };
  switch (ended) {
    case 'timed-out':
      return { ...output, status: 'timed-out', error: 'It took too long and was ended.' };
    case 'aborted':
      return { ...output, status: 'cancelled', error: 'It was cancelled.' };
    case 'out-of-memory':
      return {
        ...output,
        status: 'failed',
        error: `It needed more memory than it may have${limits?.memoryBytes ? ` (${limits.memoryBytes} bytes)` : ''}.`,
      };
    case 'killed':
      return { ...output, status: 'failed', error: 'It was killed.' };
    case 'exited':
      if (returncode === 0) return { ...output, status: 'succeeded', error: null };
      return { ...output, status: 'failed', error: call.tool === 'run_command' ? exitMeaning(returncode) : lastLine(stderr) };
  }
}

/** What an exit code says beyond its number, which the result holds. */
function exitMeaning(returncode: number | null): string | null {
  if (returncode === 127) return 'A program that it needs is not in the sandbox.';
  if (returncode === 153) return 'A file grew past the size that one file may have.';
  return null;
}

function lastLine(stderr: string): string {
  return stderr.trim().split('\n').at(-1) || 'It failed.';
}
