import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

/** A server as its author would write it, with the SDK: bundled into the project under test, and run in its sandbox. */
const server = new McpServer({ name: 'notes', version: '1.0.0' });

server.registerTool(
  'write_note',
  { description: 'Writes a note into the project.', inputSchema: { path: z.string(), text: z.string() } },
  async ({ path, text }) => {
    await writeFile(path, text);
    return { content: [{ type: 'text', text: `Wrote ${text.length} characters to ${path}.` }] };
  },
);
server.registerTool('say_token', { description: 'Tells a variable of its environment.' }, async () => ({
  content: [{ type: 'text', text: `The token is ${process.env.NOTES_TOKEN}.` }],
}));
server.registerTool('reach', { description: 'Asks an address.', inputSchema: { url: z.string() } }, async ({ url }) => {
  const answer = await fetch(url);
  return { content: [{ type: 'text', text: String(answer.status) }] };
});
server.registerTool('crash', { description: 'Ends in the middle.' }, async () => {
  await writeFile('half.txt', 'half');
  process.exit(7);
});
server.registerTool('hold', { description: 'Runs a command to its end.', inputSchema: { command: z.string() } }, async ({ command }) => {
  const [program = '', ...args] = command.split(' ');
  await once(spawn(program, args), 'exit');
  await writeFile('held.txt', 'held');
  return { content: [{ type: 'text', text: 'It ended.' }] };
});
console.error('notes: ready');
await server.connect(new StdioServerTransport());
