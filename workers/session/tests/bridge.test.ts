import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { removeMcpServer } from '#lib/mcp/remove-mcp-server.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { modelCall } from '#tests/builders/model-call.ts';
import { hold, letGo, untilHeld } from '#tests/held-commands.ts';
import { oauthMcpServer } from '#tests/mcp/oauth-server.ts';
import { projectWithServers } from '#tests/mcp/project-with-servers.ts';
import { addSignedInServer } from '#tests/mcp/sign-in.ts';
import { goalOf, toolUser } from '#tests/mcp/tool-user.ts';
import { testWorker } from '#tests/test-worker.ts';
import { parkSessions } from '../program/park-sessions.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const { context } = bench;
const timeout = 90_000;
const notes = { kind: 'stdio' as const, command: 'node', args: ['notes.mjs'], env: { NOTES_TOKEN: 'secret-of-notes' } };
const projectId = await projectWithServers(context);
await addMcpServer(context, { projectId, name: 'notes', from: notes });
for (const tool of ['hold', 'say_token'])
  await addRules(context, { text: `you may use the tool ${tool} of notes`, scope: 'project', scopeId: projectId });
const note: [string, object] = ['notes__write_note', { path: 'note.txt', text: 'hello' }];

const open = (calls: [string, unknown][], { together = false, project = projectId } = {}) =>
  bench.open(toolUser, { agent: 'claude-code', projectId: project, goal: goalOf(calls, together) });
type Thread = Awaited<ReturnType<typeof open>>;

const outcome = async (thread: Thread) => (await thread.state()).run?.outcome;
const results = async (thread: Thread) => (await thread.state()).run?.calls.map(({ result }) => result?.status);
async function answer(thread: Thread, decision: 'approve' | 'reject' | 'modify', note = '') {
  const [approval] = openApprovals(await thread.state());
  await answerApproval(context, { approvalId: approval?.approvalId ?? '', decision, note });
  await thread.work();
}

test('what a server gives reaches the agent without its variables, and what is no tool is told so', { timeout }, async () => {
  const thread = await open([
    ['notes__say_token', {}],
    ['notes__none', {}],
    ['notes__say_token', 'no object'],
  ]);
  await thread.work();
  const none = 'There is no such tool, or not with this input.';
  expect(await outcome(thread)).toBe(`The token is [hidden]. | ${none} | ${none}`);
  expect(await results(thread)).toEqual(['succeeded']);
});

test('what is far too long, on the way to a server or back, is told so and ends nothing else', { timeout }, async () => {
  await addMcpServer(context, { projectId, name: 'huge', from: { kind: 'stdio', command: 'node', args: ['hostile.mjs', 'huge'] } });
  await addRules(context, { text: 'you may use the tools of huge', scope: 'project', scopeId: projectId });
  const thread = await open([
    ['huge__help', {}],
    ['notes__write_note', { characters: 3_000_000 }],
    ['notes__say_token', {}],
  ]);
  await thread.work();
  const told = ['It said far more than it was asked for.', 'Not done: the input is too long.', 'The token is [hidden].'];
  expect(await outcome(thread)).toBe(told.join(' | '));
  expect(await results(thread)).toEqual(['interrupted', 'succeeded']);
  await removeMcpServer(context, { projectId, name: 'huge' });
});

test('calls at the same time are asked for one after the other, each by its own card', { timeout }, async () => {
  const other: [string, object] = ['notes__write_note', { path: 'other.txt', text: 'bye' }];
  const thread = await open([note, other], { together: true });
  await thread.work();
  await answer(thread, 'approve');
  expect(openApprovals(await thread.state())).toMatchObject([{ action: { call: { args: { input: { path: 'other.txt' } } } } }]);
  await answer(thread, 'reject', 'One is enough');
  expect(await outcome(thread)).toBe('Wrote 5 characters to note.txt. | Not done. The person said no: One is enough');
  expect(await results(thread)).toEqual(['succeeded', 'rejected']);
});

test('a tool goes on while its worker is gone, and runs once', { timeout }, async ({ signal }) => {
  const held = hold();
  const thread = await open([['notes__hold', { command: held }]]);
  const stop = new AbortController();
  const working = thread.work(stop.signal);
  await untilHeld(held, working, signal);
  stop.abort();
  await working;
  expect(await results(thread)).toEqual([undefined]);
  await letGo(held);
  await thread.work();
  expect(await outcome(thread)).toBe('It ended.');
  expect(await results(thread)).toEqual(['succeeded']);
  expect(await readFile(join(thread.tree, 'held.txt'), 'utf8')).toBe('held');
});

test('an agent that pays for waiting is parked, and a yes that comes then lets exactly that call through', { timeout }, async () => {
  const thread = await open([note]);
  await thread.work();
  const park = () => parkSessions({ ...context, sandbox: bench.sandbox });
  const { threadId, runId } = thread;
  const asksItsModel = (modelCallId: string) =>
    context.ledger.command(threadId, { actor: 'choir' }, [{ type: 'record-model-call', runId, call: modelCall({ modelCallId }) }]);
  for (const id of ['mc_1', 'mc_2', 'mc_3']) await asksItsModel(id);
  expect(await park()).toBe(0);
  await asksItsModel('mc_4');
  expect(await park()).toBe(1);
  await answer(thread, 'approve');
  expect(await outcome(thread)).toBe('Wrote 5 characters to note.txt.');
  expect((await thread.state()).run?.approvals).toMatchObject([{ executed: { outcome: expect.not.stringContaining('Not used') } }]);
});

test('a server that ends in the middle of a call, or that another took the name of meanwhile, fails the call and nothing else', {
  timeout,
}, async () => {
  const project = await projectWithServers(context);
  await addMcpServer(context, { projectId: project, name: 'notes', from: notes });
  await addRules(context, { text: 'you may use the tool crash of notes', scope: 'project', scopeId: project });
  const thread = await open([['notes__crash', {}], note], { project });
  await thread.work();
  expect((await results(thread))?.[0]).toBe('interrupted');
  await removeMcpServer(context, { projectId: project, name: 'notes' });
  await addMcpServer(context, { projectId: project, name: 'notes', from: { ...notes, hosts: ['example.invalid'] } });
  await answer(thread, 'approve');
  expect(await results(thread)).toEqual(['interrupted', 'denied']);
  expect((await thread.state()).run?.status).toBe('completed');
});

test('a call to a server outside that was cut off with its worker is not repeated, and the agent is told', { timeout }, async () => {
  const project = await projectWithServers(context);
  const server = await oauthMcpServer();
  await addSignedInServer(context, { projectId: project, name: 'docs' }, server);
  await addRules(context, { text: 'you may use the tool search of docs', scope: 'project', scopeId: project });
  const thread = await open([['docs__search', {}]], { project });
  const stop = new AbortController();
  server.trait.hold = () => stop.abort();
  await thread.work(stop.signal);
  expect(await results(thread)).toEqual([undefined]);
  server.trait.hold = null;
  const asked = server.visits.length;
  await thread.work();
  expect(await outcome(thread)).toContain('It may have happened outside');
  expect(await results(thread)).toEqual(['interrupted']);
  expect(server.visits.slice(asked)).toEqual([]);
});
