import { type ToolSet, tool } from 'ai';
import type { z } from 'zod';
import { ToolCall, type ToolName } from '#lib/core/tool.ts';
import type { ServerTools } from './server-tools.ts';
import { UpdatePlan } from './update-plan.ts';

export const updatePlanTool = 'update_plan';

/** Tools that the model is told of. The others are for agents that bring tools of their own. */
const descriptions: Partial<Record<ToolName, string>> = {
  read_file: 'Reads a text file of the project.',
  list_files: 'Lists one folder.',
  project_structure: 'Shows the tree of files and folders.',
  search_files: 'Finds the lines that hold a text, in all files below a path.',
  create_file: 'Writes a file whole; one that is there is replaced.',
  append_file: 'Adds text at the end of a file.',
  edit_file: 'Replaces an exact text in a file. The text must be there.',
  apply_patch: 'Applies a unified diff.',
  create_folder: 'Creates a folder.',
  move_path: 'Moves or renames a file or folder.',
  delete_path: 'Deletes a file or folder.',
  run_command:
    'Runs a command with bash in a sandbox without network, and keeps what it changed in the project. A command that needs the network is shown to a person first.',
  git_diff: 'Shows what changed in this thread, or since a checkpoint.',
  git_log: 'Shows the latest commits.',
  create_checkpoint: 'Gives the current state of the files a name.',
  revert_checkpoint: 'Takes the files back to a checkpoint.',
};

/** None has `execute`: the model's step ends at its calls, and Choir judges, runs and records them. */
export const modelTools: ToolSet = {
  ...Object.fromEntries(
    ToolCall.options.flatMap(({ shape }) => {
      const name = shape.tool.value;
      const description = descriptions[name];
      return description ? [[name, tool({ description, inputSchema: shape.args as z.ZodType })]] : [];
    }),
  ),
  [updatePlanTool]: tool({
    description:
      'Says which steps of the plan are over, and changes the steps that are still to do. Call it as soon as a step is over; it may stand beside other calls.',
    inputSchema: UpdatePlan,
  }),
};

/** A call of the model as Choir's own, or what is wrong with it. The SDK has checked the arguments of Choir's tools that it calls valid. */
export function readToolCall(
  toolName: string,
  input: unknown,
  servers: ServerTools,
): { ok: true; call: ToolCall } | { ok: false; error: string } {
  const wanted = Object.hasOwn(modelTools, toolName) ? { tool: toolName, args: input } : servers.callOf(toolName, input);
  if (!wanted) return { ok: false, error: `There is no tool "${toolName.slice(0, 100)}".` };
  const parsed = ToolCall.safeParse(wanted);
  if (parsed.success) return { ok: true, call: parsed.data };
  const problems = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.slice(1).join('.') || 'arguments'}: ${message}`);
  return { ok: false, error: `The arguments do not fit: ${problems.join('; ')}` };
}
