import { claudeCode } from '#lib/agents/catalog/claude-code.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';

/**
 * A program that speaks the Agent Client Protocol, calls the tools that its goal names, all at once or one by one, and says what it heard. An input
 * with `characters` becomes a text as long.
 */
const program = `
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
const send = (to, message) => to.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const out = process.stdout;
let server = null;
const waiting = new Map();
const ask = (id, method, params) => new Promise((resolve) => {
  waiting.set(id, resolve);
  send(server.stdin, { id, method, params });
});
const start = async ({ command, args }) => {
  server = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  createInterface({ input: server.stdout }).on('line', (line) => {
    const { id, result } = JSON.parse(line);
    waiting.get(id)?.(result);
  });
  await ask('i', 'initialize', { protocolVersion: '2025-06-18' });
};
const call = async ([name, input], nth) => {
  const given = input?.characters ? { text: 'x'.repeat(input.characters) } : input;
  const { content } = await ask('c' + nth + Math.random(), 'tools/call', { name, arguments: given });
  return content[0].text;
};
const work = async (text) => {
  const { together = false, calls } = JSON.parse(text.match(/^\\{"calls".*$/m)[0]);
  const heard = [];
  if (together) heard.push(...(await Promise.all(calls.map(call))));
  else for (const [nth, wanted] of calls.entries()) heard.push(await call(wanted, nth));
  const update = { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: heard.join(' | ') } };
  send(out, { method: 'session/update', params: { sessionId: 's', update } });
};
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (method === 'session/new') start(params.mcpServers[0]).then(() => send(out, { id, result: { sessionId: 's' } }));
  else if (method === 'session/prompt') work(params.prompt[0].text).then(() => send(out, { id, result: { stopReason: 'end_turn' } }));
  else if (id !== undefined) send(out, { id, result: {} });
}
`;

export const toolUser: TerminalAgent = {
  description: { ...claudeCode, providers: [] },
  program: {
    packages: {},
    launch: ({ home }) => ({ argv: ['node', `${home}/user.mjs`], env: {}, files: { 'user.mjs': program } }),
    protocol: { kind: 'acp', resume: 'none', askMode: null, onReject: 'goes-on', bridge: { by: 'session', named: /^mcp__choir__/ } },
    memoryBytes: 1024 ** 3,
  },
};

/** The goal of a tool user, on a line of its own. */
export function goalOf(calls: [name: string, input: unknown][], together = false): string {
  return JSON.stringify({ calls, together });
}
