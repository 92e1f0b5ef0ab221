import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { ToolCall } from '#lib/core/tool.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { projectWithServers } from '#tests/mcp/project-with-servers.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker();
const projectId = await projectWithServers(bench.context);
const from = { kind: 'stdio' as const, command: 'node', args: ['hostile.mjs', 'hanging'] };
await addMcpServer(bench.context, { projectId, name: 'hanging', from });
await addMcpServer(bench.context, { projectId, name: 'deep', from: { ...from, args: ['hostile.mjs', 'deep'] } });
for (const server of ['hanging', 'deep'])
  await addRules(bench.context, { text: `you may use the tools of ${server}`, scope: 'project', scopeId: projectId });
const help: ToolCall = { tool: 'mcp_call', args: { server: 'hanging', name: 'help', input: {} } };

it('a call that was under way when its worker stopped is interrupted, and nothing of it is left', async () => {
  const thread = await bench.open(stepAgent([help]), { projectId });
  const stop = new AbortController();
  const work = thread.work(stop.signal);
  await expect.poll(async () => (await thread.state()).run?.calls[0]?.status).toBe('running');
  stop.abort();
  await work;
  expect((await thread.state()).run?.calls[0]).toMatchObject({ status: 'running' });
  await thread.work();
  expect((await thread.state()).run?.calls[0]).toMatchObject({ status: 'finished', result: { status: 'interrupted' } });
  expect(await readdir(bench.home.overlays(thread.threadId))).toEqual([]);
});

it('a call that is answered with more than anybody can read out fails, and the run goes on', async () => {
  const thread = await bench.open(stepAgent([{ tool: 'mcp_call', args: { ...help.args, server: 'deep' } } as ToolCall]), { projectId });
  await thread.work();
  expect((await thread.state()).run).toMatchObject({ status: 'completed', calls: [{ result: { status: 'failed' } }] });
});
