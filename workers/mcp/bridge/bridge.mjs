// Runs inside the sandbox as the agent's one MCP server: what tools there are, and what may become of a call, is the worker's to say.
import { createInterface } from 'node:readline';
import { reachWorker } from './reach-worker.mjs';

const progressMs = 20_000;
const worker = reachWorker();
/** What ends a request of the agent's, by its id. */
const open = new Map();

function say(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function relay(id, request, asResult) {
  const { answered, leave } = worker.ask(request);
  open.set(id, leave);
  const answer = await answered;
  open.delete(id);
  say({ id, result: asResult(answer) });
}

/** A person may think for long: some agents wait as long as they hear something. */
async function withProgress(progressToken, work) {
  if (progressToken === undefined) return work();
  let progress = 0;
  const beat = () => say({ method: 'notifications/progress', params: { progressToken, progress: ++progress } });
  const timer = setInterval(beat, progressMs);
  await work().finally(() => clearInterval(timer));
}

const answers = {
  initialize({ id, params: { protocolVersion } }) {
    say({ id, result: { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'choir', version: '1' } } });
  },
  ping: ({ id }) => say({ id, result: {} }),
  'tools/list': ({ id }) => relay(id, { type: 'list' }, ({ tools }) => ({ tools })),
  'tools/call': ({ id, params: { name, arguments: input = {}, _meta } }) =>
    withProgress(_meta?.progressToken, () =>
      relay(id, { type: 'call', name, input }, ({ text, isError }) => ({ content: [{ type: 'text', text }], isError })),
    ),
  'notifications/cancelled': ({ params: { requestId } }) => open.get(requestId)?.(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (Object.hasOwn(answers, message.method)) void answers[message.method](message);
  else if (message.method !== undefined && message.id !== undefined)
    say({ id: message.id, error: { code: -32601, message: 'Method not found' } });
}
for (const leave of open.values()) leave();
process.exit(0);
