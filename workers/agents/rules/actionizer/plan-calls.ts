import type { ToolCall } from '#lib/core/tool.ts';
import type { ProjectSummary } from '../../agent.ts';
import { installCommand } from './install-command.ts';
import { runFileCommand } from './run-file-command.ts';
import { shellQuote } from './shell-quote.ts';
import type { Task } from './task.ts';
import { testCommand } from './test-command.ts';

/** The calls that a task comes to in this project, in order; or why it cannot be done here, as one sentence. */
export type PlannedCalls = { calls: ToolCall[]; show: boolean } | { impossible: string };

export async function planCalls(task: Task, project: ProjectSummary): Promise<PlannedCalls> {
  switch (task.do) {
    case 'calls':
      return { calls: task.calls, show: task.show ?? false };
    case 'append':
      return quiet([{ tool: 'append_file', args: { path: task.path, content: task.text } }]);
    case 'copy': {
      const folder = task.to.includes('/') ? `mkdir -p ${shellQuote(task.to.slice(0, task.to.lastIndexOf('/')))} && ` : '';
      return { calls: [bash(`${folder}cp -R ${shellQuote(task.from)} ${shellQuote(task.to)}`)], show: false };
    }
    case 'replace-everywhere':
      return replaceEverywhere(task.find, task.replace, project);
    case 'run-file':
      return shown(bash(runFileCommand(task.path, task.arguments)));
    case 'test': {
      const command = await testCommand(project, task.cwd);
      return command
        ? shown(bash(command, task.cwd))
        : { impossible: 'This project has no tests that can be recognised: no test script, pytest, cargo, go or make test.' };
    }
    case 'build':
      return quiet([bash(await buildCommand(task.script, project), task.cwd)]);
    case 'install':
      return quiet([bash(await installCommand(task, project), task.cwd)]);
    case 'summarize': {
      const readme = project.files.find((file) => /^readme(\.[a-z]+)?$/i.test(file));
      const calls: ToolCall[] = [{ tool: 'project_structure', args: { depth: 3 } }];
      if (readme) calls.push({ tool: 'read_file', args: { path: readme } });
      return { calls, show: true };
    }
    case 'answer':
      return quiet([]);
  }
}

function bash(command: string, cwd = '.'): ToolCall {
  return { tool: 'run_command', args: { command, cwd } };
}

function shown(call: ToolCall): PlannedCalls {
  return { calls: [call], show: true };
}

/** What is edited, installed or built shows in its call: the agent says nothing more of it. */
function quiet(calls: ToolCall[]): PlannedCalls {
  return { calls, show: false };
}

async function buildCommand(script: string, project: ProjectSummary): Promise<string> {
  if (!project.files.some((file) => file.endsWith('package.json'))) {
    if (project.files.includes('Cargo.toml')) return 'cargo build';
    if (project.files.includes('go.mod')) return 'go build ./...';
    if (project.files.some((file) => /^makefile$/i.test(file))) return 'make';
  }
  return `npm run ${script}`;
}

const searchedFiles = 500;

async function replaceEverywhere(find: string, replace: string, project: ProjectSummary): Promise<PlannedCalls> {
  const calls: ToolCall[] = [];
  for (const path of project.files.slice(0, searchedFiles)) {
    if ((await project.readFile(path))?.includes(find)) calls.push({ tool: 'edit_file', args: { path, find, replace, all: true } });
  }
  return calls.length > 0 ? quiet(calls) : { impossible: 'No file of the project holds that text.' };
}
