import { claudeCode } from '#lib/agents/catalog/claude-code.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';

const speaker = (body: string, opened: string) => `
import { createInterface } from 'node:readline';
const waiting = new Map();
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const update = (sessionUpdate, more) => send({ method: 'session/update', params: { sessionId: 's', update: { sessionUpdate, ...more } } });
const say = (text) => update('agent_message_chunk', { content: { type: 'text', text } });
const options = ['allow_once', 'reject_once', 'allow_always'].map((kind) => ({ kind, optionId: kind, name: kind }));
const ask = (id, toolCall) => new Promise((resolve) => {
  waiting.set(id, resolve);
  send({ id, method: 'session/request_permission', params: { sessionId: 's', toolCall, options } });
});
const work = async (text) => { ${body} };
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params, result } = JSON.parse(line);
  if (method === undefined) waiting.get(id)?.(result?.outcome?.optionId ?? 'cancelled');
  else if (method === 'session/new') send({ id, ...${opened} });
  else if (method === 'session/prompt') work(params.prompt[0].text).then(() => send({ id, result: { stopReason: 'end_turn' } }));
  else if (id !== undefined) send({ id, result: {} });
}
`;

/** What it answers to be opened with: a session of this name, as an expression. */
export const namedSession = (sessionId: string) => `{ result: { sessionId: ${sessionId} } }`;

/**
 * A program that speaks the Agent Client Protocol, without a model: `body` is what it does when it is prompted with `text`, by `say`, `ask` and `update`.
 * `opened` is how it answers to a session, as an expression.
 */
export function speakingProgram(body: string, opened = namedSession("'s'"), resume: 'none' | 'session/resume' = 'none'): TerminalAgent {
  return {
    description: { ...claudeCode, providers: [] },
    program: {
      packages: {},
      launch: ({ home }) => ({ argv: ['node', `${home}/speaker.mjs`], env: {}, files: { 'speaker.mjs': speaker(body, opened) } }),
      protocol: { kind: 'acp', resume, askMode: null, onReject: 'goes-on', bridge: { by: 'session', named: /^mcp__choir__/ } },
      memoryBytes: 1024 ** 3,
    },
  };
}
