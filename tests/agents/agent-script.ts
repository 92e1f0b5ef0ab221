import type { ChatCompletionRequest, FixtureResponse } from '@copilotkit/aimock';

/** One thing that a scripted model does, in words that no agent knows: each agent's own tools are found by their names and parameters. */
export type Deed = { say: string } & (
  | { read: string }
  | { write: string; content: string }
  | { edit: string; old: string; new: string }
  | { run: string }
  /** Its own list of steps, of which the first is in work. */
  | { list: string[] }
  /** A tool of an MCP server, as the bridge names it. */
  | { tool: string; input: object }
  | { end: true }
);

type Tool = { name: string; parameters: string[] };

/**
 * A model for every agent: the newest `[[scenario]]` in what the person said names the script, and what the agent did since says how far it is.
 * It remembers nothing, so a question that is asked again is answered again.
 */
export function agentScript(scenarios: Record<string, Deed[]>, tree = '/workspace') {
  return (request: ChatCompletionRequest): FixtureResponse => {
    const found = findScenario(request);
    const deeds = found && scenarios[found.name];
    const tools = toolsOf(request);
    if (!deeds || tools.length === 0) return { content: 'Scripted title' };
    const deed = deeds[Math.min(found.done, deeds.length - 1)];
    if (!deed || 'end' in deed) return { content: deed?.say ?? 'Done.' };
    const id = `call_${found.name}_${found.done}_${crypto.randomUUID().slice(0, 6)}`;
    return { content: deed.say, toolCalls: [{ id, ...toCall(deed, tools, tree) }] };
  };
}

function textOf(message: ChatCompletionRequest['messages'][number]): string {
  const { content } = message;
  return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('\n');
}

function findScenario({ messages }: ChatCompletionRequest): { name: string; done: number } | null {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message?.role !== 'user') continue;
    const name = [...textOf(message).matchAll(/\[\[([a-z-]+)\]\]/g)].at(-1)?.[1];
    if (!name) continue;
    const done = messages.slice(index + 1).filter(({ role, tool_calls }) => role === 'assistant' && (tool_calls?.length ?? 0) > 0).length;
    return { name, done };
  }
  return null;
}

function toolsOf({ tools = [] }: ChatCompletionRequest): Tool[] {
  return tools.map(({ function: { name, parameters } }) => {
    const properties = (parameters as { properties?: object } | undefined)?.properties ?? {};
    return { name, parameters: Object.keys(properties) };
  });
}

function toCall(deed: Exclude<Deed, { end: true }>, tools: Tool[], tree: string): { name: string; arguments: string } {
  const call = (name: string, input: object) => ({ name, arguments: JSON.stringify(input) });
  const find = (pattern: RegExp) => tools.find(({ name }) => pattern.test(name));
  const pick = (tool: Tool, ...names: string[]) => names.find((name) => tool.parameters.includes(name)) ?? names[0] ?? '';
  if ('tool' in deed) return call(find(new RegExp(`${deed.tool}$`))?.name ?? deed.tool, deed.input);
  if ('list' in deed) {
    const steps = deed.list.map((step, index) => ({
      step,
      content: step,
      activeForm: step,
      priority: 'low',
      status: index ? 'pending' : 'in_progress',
    }));
    if (find(/^update_plan$/)) return call('update_plan', { plan: steps.map(({ step, status }) => ({ step, status })) });
    return call(find(/^todowrite$/i)?.name ?? 'no_such_tool', { todos: steps.map(({ step: _, ...todo }) => todo) });
  }
  if ('read' in deed) {
    const tool = find(/^read(_file)?$/i);
    if (tool) return call(tool.name, { [pick(tool, 'file_path', 'filePath', 'absolute_path', 'path')]: `${tree}/${deed.read}` });
    return shell(tools, `cat ${tree}/${deed.read}`);
  }
  if ('write' in deed) {
    const tool = find(/^write(_file)?$/i);
    if (tool) return call(tool.name, { [pick(tool, 'file_path', 'filePath', 'path')]: `${tree}/${deed.write}`, content: deed.content });
    return shell(tools, `printf '%s' '${deed.content}' > ${tree}/${deed.write}`);
  }
  if ('edit' in deed) {
    const tool = find(/^(edit|replace)$/i);
    if (!tool) return shell(tools, `sed -i 's/${deed.old}/${deed.new}/' ${tree}/${deed.edit}`);
    return call(tool.name, {
      [pick(tool, 'file_path', 'filePath', 'path')]: `${tree}/${deed.edit}`,
      [pick(tool, 'old_string', 'oldString')]: deed.old,
      [pick(tool, 'new_string', 'newString')]: deed.new,
      ...(tool.name === 'replace' ? { instruction: 'edit', allow_multiple: false } : {}),
    });
  }
  return shell(tools, deed.run);
}

function shell(tools: Tool[], command: string): { name: string; arguments: string } {
  const tool = tools.find(({ name }) => /^(bash|exec_command|run_shell_command|shell)$/i.test(name));
  if (!tool) return { name: 'no_shell', arguments: '{}' };
  const input: Record<string, unknown> = { [tool.parameters.includes('cmd') ? 'cmd' : 'command']: command };
  if (tool.parameters.includes('description') && tool.name !== 'run_shell_command') input.description = 'run a command';
  // Codex asks only where the model says that it must.
  if (tool.name === 'exec_command') Object.assign(input, { sandbox_permissions: 'require_escalated', justification: 'It was told to.' });
  return { name: tool.name, arguments: JSON.stringify(input) };
}
