import { createInterface } from 'node:readline';

/**
 * The Model Context Protocol over standard input and output, for the servers that come with Choir: they run in the sandbox, where no package is.
 * A tool is `{description, input: JSON schema, run(input) -> text}`; what it throws is told as its failure.
 * @param {string} name
 * @param {Record<string, {description: string, input: object, run: (input: any) => string | Promise<string>}>} tools
 */
export async function serveTools(name, tools) {
  const answers = {
    initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name, version: '1' } }),
    ping: () => ({}),
    'tools/list': () => ({
      tools: Object.entries(tools).map(([tool, { description, input }]) => ({ name: tool, description, inputSchema: input })),
    }),
    'tools/call': async ({ name: wanted, arguments: input = {} }) => {
      try {
        if (!Object.hasOwn(tools, wanted)) throw new Error(`There is no tool ${wanted}.`);
        return { content: [{ type: 'text', text: (await tools[wanted].run(input)) || 'Nothing.' }] };
      } catch (error) {
        return { content: [{ type: 'text', text: error.message }], isError: true };
      }
    },
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined) continue;
    const known = Object.hasOwn(answers, method);
    const answer = known ? { result: await answers[method](params) } : { error: { code: -32601, message: 'Method not found' } };
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
  }
}

/** A JSON schema of texts, all optional but those that end in "!". */
export function texts(fields) {
  const names = Object.keys(fields).map((name) => name.replace('!', ''));
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string', description: fields[name] ?? fields[`${name}!`] }])),
    required: Object.keys(fields).flatMap((name) => (name.endsWith('!') ? [name.slice(0, -1)] : [])),
  };
}
