import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { shareInstalledAgents } from '#tests/installed-agents.ts';
import { projectWithServers } from '#tests/mcp/project-with-servers.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { TerminalAgent } from '../../agents/agent.ts';
import { terminalAgents } from '../../agents/terminal-agents.ts';

const agent = terminalAgents.find(({ description }) => description.id === 'claude-code') as TerminalAgent;
const bench = await testWorker({ respond: takeNote });
await shareInstalledAgents(bench.context, agent);
let tools: string[] = [];

function takeNote(request: ChatCompletionRequest) {
  const names = request.tools?.map((tool) => tool.function.name) ?? [];
  if (names.length > 0) tools = names;
  const isDone = request.messages.some(({ role }) => role === 'tool');
  if (isDone || !names.includes('mcp__notes__write_note')) return { content: 'Noted.' };
  const input = JSON.stringify({ path: 'note.txt', text: 'hello' });
  return { content: 'I take a note.', toolCalls: [{ name: 'mcp__notes__write_note', arguments: input }] };
}

test('a terminal agent that asks has the servers of the sandbox, and asks before it calls them', { timeout: 60_000 }, async () => {
  const projectId = await projectWithServers(bench.context);
  const add = (name: string, from: Parameters<typeof addMcpServer>[1]['from']) => addMcpServer(bench.context, { projectId, name, from });
  await add('notes', { kind: 'stdio', command: 'node', args: ['notes.mjs'] });
  await add('git', { kind: 'ready', entry: 'git' });
  await add('reaching', { kind: 'stdio', command: 'node', args: ['notes.mjs'], hosts: ['example.com'] });
  await add('outside', { kind: 'http', url: 'https://mcp.example.com/mcp', headers: { Authorization: 'Bearer key-of-outside' } });
  const thread = await bench.open(agent, { agent: 'claude-code', projectId, goal: 'Take a note' });
  await thread.work();
  const servers = tools.flatMap((name) => /^mcp__(.+?)__/.exec(name)?.[1] ?? []);
  expect([...new Set(servers)].sort()).toEqual(['git', 'notes']);
  const [approval] = openApprovals(await thread.state());
  expect(approval).toMatchObject({
    kind: 'action',
    action: {
      network: false,
      call: { args: { kind: 'mcp', name: 'mcp__notes__write_note', input: '{"path":"note.txt","text":"hello"}' } },
    },
  });
  await answerApproval(bench.context, { approvalId: approval?.approvalId ?? '', decision: 'approve' });
  await thread.work();
  expect(await thread.state()).toMatchObject({
    run: { status: 'completed', outcome: 'Noted.', calls: [{ result: { status: 'succeeded' } }] },
  });
  expect(await readFile(join(thread.tree, 'note.txt'), 'utf8')).toBe('hello');
});
