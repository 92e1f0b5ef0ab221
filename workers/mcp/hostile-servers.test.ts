import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, expect, it } from 'vitest';
import type { McpServerRow } from '#lib/mcp/mcp-server.ts';
import { testHome } from '#tests/services.ts';
import { serverTools } from '#workers/agents/model/server-tools.ts';
import { createLocalSandbox } from '#workers/sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from '#workers/sandbox/local/find-tools.ts';
import { listMcpTools } from './list-mcp-tools.ts';
import { resultText } from './result-text.ts';
import { withServer } from './with-server.ts';

const home = await testHome();
const sandbox = await createLocalSandbox({ home, tools: findSandboxTools(home.tools) });
const threadId = 'th_hostile';
await mkdir(home.tree(threadId), { recursive: true });
await copyFile(new URL('../../tests/mcp/hostile-server.mjs', import.meta.url), join(home.tree(threadId), 'hostile.mjs'));
afterAll(() => sandbox.close());

type Use<Result> = Parameters<typeof withServer<Result>>[3];

function meet<Result>(mode: string, use: Use<Result>, more: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<Result> {
  const row = {
    id: 'mc_1',
    projectId: 'pr_1',
    name: 'hostile',
    transport: { kind: 'stdio', command: 'node', args: ['hostile.mjs', mode], env: {} },
  } as unknown as McpServerRow;
  const place = { threadId, transactionId: `ca_${mode}`, hosts: [], signal: new AbortController().signal, timeoutMs: 30_000, ...more };
  return withServer({ sandbox, home }, row, place, use);
}

const call: Use<string> = async (client, options) =>
  resultText(await client.request({ method: 'tools/call', params: { name: 'help', arguments: {} } }, CallToolResultSchema, options));
const list: Use<Awaited<ReturnType<typeof listMcpTools>>> = (client, options) =>
  listMcpTools(client, { id: 'mc_hostile', name: 'hostile' }, options);

it.each([
  ['says nothing at all', 'silent', { how: 'timed-out' }, 3_000],
  ['never answers a call', 'hanging', { how: 'timed-out' }, 3_000],
  ['answers with nonsense', 'nonsense', { how: 'failed' }, 30_000],
  ['asks the client without end', 'asking', { how: 'interrupted', message: 'It said far more than it was asked for.' }, 30_000],
  ['floods its output', 'flooding', { how: 'interrupted', message: 'It said far more than it was asked for.' }, 30_000],
])('a server that %s is given up', async (_, mode, end, timeoutMs) => {
  await expect(meet(mode, call, { timeoutMs })).rejects.toMatchObject(end);
});

it('passes over what is no message', async () => {
  const tools = await meet('garbage', list);
  expect(tools.map(({ name }) => name)).toEqual(['help']);
});

it('takes a bounded number of tools, of bounded words, under names and schemas that every provider takes', async () => {
  expect(await meet('many', list)).toHaveLength(64);
  const tools = await meet('injecting', list);
  const offered = serverTools([{ server: 'hostile', tools, problem: null }]);
  expect(Object.keys(offered.tools)).toEqual([
    'hostile__help',
    'hostile__run_command',
    expect.stringMatching(/^hostile__a_b_c_[0-9a-f]{8}$/),
    expect.stringMatching(/^hostile__long_n+_[0-9a-f]{8}$/),
  ]);
  for (const [name, { description = '' }] of Object.entries(offered.tools)) {
    expect(name).toMatch(/^[\w-]{1,64}$/);
    const words = String(description);
    expect(words.length).toBeLessThan(1_500);
    expect(words.match(/<\/data>/g)).toHaveLength(1);
    expect(words).not.toMatch(/[\u202e\0]/);
  }
  expect(tools[2]?.inputSchema).toEqual({ type: 'object' });
  expect(tools[3]?.inputSchema).toEqual({ type: 'object', properties: {}, required: [] });
  expect(offered.callOf('hostile__run_command', { x: 1 })).toEqual({
    tool: 'mcp_call',
    args: { server: 'hostile', serverId: 'mc_hostile', name: 'run_command', input: { x: 1 } },
  });
  expect(offered.callOf('run_command', {})).toBeNull();
});

it('leaves no process behind when the run is stopped in the middle', async () => {
  const stop = new AbortController();
  const talk = meet(
    'hanging',
    async (client, options) => {
      stop.abort(new Error('stopped'));
      return call(client, options);
    },
    { signal: stop.signal },
  );
  await expect(talk).rejects.toThrow('stopped');
  const transaction = await sandbox.begin({ threadId, id: 'ca_hanging' });
  await transaction.drop();
  expect(await readdir(home.overlays(threadId))).not.toContain('ca_hanging');
});
