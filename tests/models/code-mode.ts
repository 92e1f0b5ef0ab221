import { z } from 'zod';

const Item = z.looseObject({ type: z.string().optional() });
const Request = z.looseObject({ input: z.array(Item), tools: z.array(z.json()).optional() });
const Namespaces = z.object({ tools: z.array(z.object({ tools: z.array(z.looseObject({ name: z.string(), description: z.string() })) })) });
const ExecCall = z.object({ type: z.literal('custom_tool_call'), call_id: z.string(), input: z.string() });
const Output = z.object({ call_id: z.string(), output: z.json() });
const Answer = z.object({ id: z.string(), output: z.array(Item), usage: z.json() });
const Call = z.object({ type: z.literal('function_call'), call_id: z.string(), name: z.string(), arguments: z.string() });

/** The header that says how many bytes Codex had sent. */
export const wholeLength = 'x-whole-length';

/**
 * The newest models of OpenAI reach Codex' tools by JavaScript that they give its tool `exec`. This is such a request in the words that the scripted model
 * knows, functions that it may call; null where the request is no such one.
 */
export function asFunctions(body: string): string | null {
  const parsed = Request.safeParse(readJson(body));
  const [first, ...said] = parsed.data?.input ?? [];
  if (!parsed.success || first?.type !== 'additional_tools') return null;
  const exec = Namespaces.parse(first)
    .tools.flatMap(({ tools }) => tools)
    .find(({ name }) => name === 'exec');
  const names = [...(exec?.description ?? '').matchAll(/### `(\w+)`/g)].map(([, name]) => name ?? '');
  const tools = names.map((name) => ({ type: 'function', name, parameters: { type: 'object', properties: propertiesOf(name) } }));
  return JSON.stringify({ ...parsed.data, tools, stream: false, input: said.flatMap(toPlain) });
}

/** The call that goes on with a script which Codex has not waited for to its end, when the last thing that it said was that. */
export function waitFor(body: string): string | null {
  const cell = /Script running with cell ID (\w+)/.exec(JSON.stringify(Request.parse(readJson(body)).input.at(-1)))?.[1];
  if (!cell) return null;
  const item = {
    type: 'function_call',
    call_id: `call_${crypto.randomUUID()}`,
    name: 'wait',
    namespace: 'functions',
    arguments: JSON.stringify({ cell_id: cell }),
  };
  return streamed(`resp_${crypto.randomUUID()}`, [item], { input_tokens: 0, output_tokens: 0, total_tokens: 0 });
}

/** What the scripted model answers, with its calls as scripts. */
export function asScripts(answer: string): string {
  const { id, output, usage } = Answer.parse(readJson(answer));
  return streamed(
    id,
    output.map((item) => {
      const { data: call } = Call.safeParse(item);
      return call ? { type: 'custom_tool_call', call_id: call.call_id, name: 'exec', namespace: 'functions', input: scriptOf(call) } : item;
    }),
    usage,
  );
}

function scriptOf({ name, arguments: input }: z.infer<typeof Call>): string {
  const found = `ALL_TOOLS.find((tool) => tool.name.endsWith('${name}'))`;
  return `// ${JSON.stringify({ name, arguments: input })}\nconst answer = await tools[${found}.name](${input}); text(answer?.output ?? answer);`;
}

function toPlain(item: z.infer<typeof Item>): object[] {
  const { data: call } = ExecCall.safeParse(item);
  if (call)
    return [
      {
        type: 'function_call',
        call_id: call.call_id,
        ...z.object({ name: z.string(), arguments: z.string() }).parse(readJson(call.input.split('\n')[0]?.slice(3) ?? '')),
      },
    ];
  if (item.type === 'custom_tool_call_output') {
    const { call_id, output } = Output.parse(item);
    return [{ type: 'function_call_output', call_id, output: JSON.stringify(output) }];
  }
  // The scripted model has not called `wait`.
  return item.type === 'function_call' || item.type === 'function_call_output' ? [] : [item];
}

function propertiesOf(name: string): object {
  return name === 'exec_command' ? { cmd: { type: 'string' }, justification: { type: 'string' } } : {};
}

function streamed(id: string, output: object[], usage: unknown): string {
  const events = [
    { type: 'response.created', response: { id } },
    ...output.map((item, output_index) => ({ type: 'response.output_item.done', output_index, item })),
    { type: 'response.completed', response: { id, output, usage } },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
