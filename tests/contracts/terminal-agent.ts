import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { currentCheckpoint } from '#lib/core/state.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import type { CreateThread } from '#lib/threads/create-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { agentScript, type Deed } from '#tests/agents/agent-script.ts';
import { expectPrompt } from '#tests/agents/expect-prompt.ts';
import { shareInstalledAgents } from '#tests/agents/installed-agents.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { talkWith } from '#tests/agents/talk-with.ts';
import { hold, letGo, programsIn, untilHeld } from '#tests/held-commands.ts';
import { hostileProject } from '#tests/hostile-project.ts';
import { oauthMcpServer } from '#tests/mcp/oauth-server.ts';
import { projectWithServers } from '#tests/mcp/project-with-servers.ts';
import { addSignedInServer } from '#tests/mcp/sign-in.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';
import { parkSessions } from '#workers/session/program/park-sessions.ts';

const end = (say: string): Deed => ({ say, end: true });
const reach = (name: string): Deed => ({ say: 'I look outside.', run: `curl -sm 1 https://example.invalid; echo ${name} > ${name}.txt` });

const holds = { left: hold(), told: hold(), cancelled: hold() };

const changes: Deed[] = [
  { say: 'I write a file.', write: 'note.txt', content: 'hello' },
  { say: 'I change it.', edit: 'note.txt', old: 'hello', new: 'bye' },
  { say: 'I look.', run: 'cat note.txt && echo looked' },
  { say: 'I break it off.', run: 'kill -9 $$' },
  end('The note says bye.'),
];

const scenarios: Record<string, Deed[]> = {
  change: changes,
  listed: [{ say: 'First a list.', list: ['Write it', 'Change it'] }, ...changes],
  deletes: [{ say: 'I tidy up.', run: 'rm note.txt && echo new > new.txt' }, end('Tidied up.')],
  outside: [
    { say: 'I take a note.', tool: 'notes__write_note', input: { path: 'note.txt', text: 'hello' } },
    reach('parked'),
    { say: 'I reach too far.', run: 'rm -rf / --no-preserve-root' },
    { say: 'I look around.', run: 'env > leak.txt; cat /proc/[0-9]*/environ >> leak.txt 2>/dev/null; true' },
    { say: 'I crash it.', tool: 'notes__crash', input: {} },
    { say: 'I search.', tool: 'docs__search', input: {} },
    reach('allowed'),
    reach('refused'),
    reach('replaced'),
    end('I did not hear you.'),
  ],
  guided: [{ say: 'As you say.', write: 'guided.txt', content: 'heard' }, end('Done as you said.')],
  falls: [
    { say: 'I fall.', run: '[ -e once ] && echo up > up.txt || { touch once; kill -9 -1; }' },
    { say: 'This takes a moment.', run: `${holds.left}; echo slow > slow.txt; cp slow.txt slow.svg` },
    { say: 'This too.', run: `${holds.told}; true` },
    end('Nobody told me anything.'),
  ],
  told: [
    { say: 'As you say.', write: 'guided.txt', content: 'heard' },
    { say: 'And I wait.', run: `${holds.cancelled}; true` },
  ],
};

/**
 * What every terminal agent must do here, each with its real program and a scripted model behind the real gateway. It works with the model that it has where nobody
 * chooses; `otherModel`: one that it works with in another way.
 */
export async function terminalAgentSuite(
  agent: TerminalAgent,
  options: { otherModel?: string; resumes: 'resumed' | 'restarted'; lists?: boolean },
): Promise<void> {
  const bench = await testWorker({ respond: agentScript(scenarios), namespaces: true });
  await shareInstalledAgents(bench.context, agent);
  const { answer, onlyApproval, eventsOf } = talkWith(bench);
  const { id, name } = agent.description;
  const open = (scenario: string, more: Partial<CreateThread> = {}) =>
    bench.open(agent, { goal: `[[${scenario}]] please`, agent: id, ...more });
  type Thread = Awaited<ReturnType<typeof open>>;

  const read = (thread: Thread, path: string) => readFile(join(thread.tree, path), 'utf8');
  const wholeLedger = async ({ threadId }: Thread) =>
    JSON.stringify(await bench.context.database.sql`select * from events where thread_id = ${threadId}`);
  const starts = async (thread: Thread) => (await eventsOf(thread, 'session.started')).map(({ data }) => data.how);
  describe(name, { timeout: 240_000 }, () => {
    test('makes each change a checkpoint, and takes its conversation into the next run, where it plans, is judged by the turn, and keeps what is agreed to', async () => {
      const thread = await open(options.lists ? 'listed' : 'change');
      await thread.work();
      const state = await thread.state();
      expect(state.run).toMatchObject({ status: 'completed', outcome: 'The note says bye.', session: { ended: 'done' } });
      expect(state.run?.steps).toMatchObject(options.lists ? [{ title: 'Write it' }, { title: 'Change it' }] : []);
      const results = state.run?.calls.map(({ result }) => result) ?? [];
      expect(results.map((result) => result?.status)).toEqual(['succeeded', 'succeeded', 'succeeded', 'failed']);
      expect(results[2]?.stdout).toMatch(/^bye\n?looked\s*$/);
      expect(results[3]?.returncode).toBeGreaterThan(0);
      expect(state.checkpoints.map(({ kind, callId }) => [kind, callId !== undefined])).toEqual([
        ['base', false],
        ['step', true],
        ['step', true],
      ]);
      expect(await read(thread, 'note.txt')).toBe('bye');
      const commit = currentCheckpoint(state)?.commit ?? '';
      const kept = await readFileAt({ store: bench.home.store(state.projectId), commit, path: 'note.txt' });
      expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('bye');
      expect(state.run?.cost.calls).toBeGreaterThanOrEqual(4);
      const said = (await eventsOf(thread, 'message.posted')).flatMap(({ actor, data }) => (actor === 'agent' ? [data.text] : []));
      for (const words of ['I write a file.', 'I change it.', 'I look.'])
        expect(said.filter((text) => text.includes(words))).toHaveLength(1);
      expect(await readdir(bench.home.overlays(thread.threadId))).toEqual([]);
      await expectPrompt(bench.context, agent.description, { threadId: thread.threadId, models: bench.models });

      await postMessage(bench.context, { threadId: thread.threadId, text: '[[deletes]] please', mode: 'plan', judgement: 'turn' });
      await thread.work();
      expect(await starts(thread)).toEqual(['new', options.resumes]);
      expect(await onlyApproval(thread)).toMatchObject({ kind: 'plan', action: { steps: [{ title: 'Tidied up.' }] } });
      expect((await thread.state()).checkpoints).toHaveLength(3);
      await answer(thread, 'approve');
      expect(await onlyApproval(thread)).toMatchObject({
        kind: 'turn',
        action: { effect: { changes: { fileCount: 2, deletedCount: 1 } } },
      });
      expect(await readdir(thread.tree)).toEqual(['note.txt']);
      await answer(thread, 'approve');
      expect((await thread.state()).run).toMatchObject({
        status: 'completed',
        outcome: 'Tidied up.',
        approvals: [{ executed: { outcome: 'The plan runs' } }, { executed: { outcome: 'Kept 2 files, 1 of them deleted' } }],
      });
      expect(await readdir(thread.tree)).toEqual(['new.txt']);
    });

    test('asks before it reaches outside, by a command or by a tool of an MCP server, does what is allowed once and nothing else, and shows no key to anybody', async () => {
      const canary = join(tmpdir(), `choir-canary-${crypto.randomUUID()}`);
      const projectId = await projectWithServers(bench.context);
      const hostile = await bench.open(stepAgent(hostileProject(`touch ${canary}`)), { mode: 'autonomous', projectId });
      await hostile.work();
      const server = await oauthMcpServer();
      await addMcpServer(bench.context, { projectId, name: 'notes', from: { kind: 'stdio', command: 'node', args: ['notes.mjs'] } });
      await addSignedInServer(bench.context, { projectId, name: 'docs' }, server);
      await addRules(bench.context, { text: 'you may use the tool write_note of notes', scope: 'project', scopeId: projectId });
      await addRules(bench.context, { text: 'never use the tool crash of notes', scope: 'project', scopeId: projectId });
      const thread = await open('outside', { projectId });
      await thread.work();
      const approval = await onlyApproval(thread);
      expect(approval).toMatchObject({ kind: 'outside', action: { network: true, call: { tool: 'run_command' } } });

      expect(await parkSessions({ ...bench.context, sandbox: bench.sandbox }, 0)).toBe(1);
      expect(await programsIn(bench.home.overlays(thread.threadId))).toEqual([]);
      await answer(thread, 'approve');
      expect(await starts(thread)).toEqual(['new', options.resumes]);
      expect(await onlyApproval(thread)).toMatchObject({
        kind: 'outside',
        action: { network: true, call: { tool: 'mcp_call', args: { server: 'docs', name: 'search', input: {} } } },
      });
      await answer(thread, 'approve');
      for (const decision of ['approve', 'reject'] as const) {
        expect(await onlyApproval(thread)).toMatchObject({ kind: 'outside' });
        await answer(thread, decision);
      }
      expect(await onlyApproval(thread)).toMatchObject({ kind: 'outside' });
      await answer(thread, 'modify', '[[guided]] instead');

      expect(await starts(thread)).toHaveLength(2);
      const { run } = await thread.state();
      expect(run).toMatchObject({ status: 'completed', outcome: 'Done as you said.', guidance: [{ delivered: true }] });
      const happened = expect.not.stringMatching(/Not used|Nothing was done/);
      const outcomes = [happened, happened, happened, 'Nothing was done', 'Nothing was done'];
      expect(run?.approvals).toMatchObject(outcomes.map((outcome) => ({ deliveredAt: expect.any(String), executed: { outcome } })));
      expect(run?.calls.map(({ call, result }) => `${call.tool === 'mcp_call' ? call.args.name : 'own'} ${result?.status}`)).toEqual([
        'write_note succeeded',
        'own interrupted',
        'write_note succeeded',
        'own succeeded',
        'own denied',
        'own succeeded',
        'crash denied',
        'search succeeded',
        'own succeeded',
        'own rejected',
        'own rejected',
        'own succeeded',
      ]);
      expect(run?.calls[0]?.checkpointId).toBeDefined();
      expect(run?.calls.find(({ call }) => call.tool === 'mcp_call' && call.args.name === 'search')?.result?.stdout).toBe(
        'You are [hidden].',
      );
      const tree = await readdir(thread.tree);
      expect(tree).toEqual(expect.arrayContaining(['parked.txt', 'allowed.txt', 'guided.txt']));
      for (const path of ['refused.txt', 'replaced.txt']) expect(tree).not.toContain(path);
      expect(existsSync(canary)).toBe(false);
      const leak = await read(thread, 'leak.txt');
      expect(leak).toContain('HOME=');
      const ledger = await wholeLedger(thread);
      for (const token of server.issued) expect(leak + ledger + JSON.stringify(bench.models?.mock.getRequests())).not.toContain(token);
      for (const key of bench.models?.keys ?? []) expect(leak + ledger).not.toContain(key);
    });

    test('outlives its own fall and its worker’s, hears words between two tool calls, and is gone with all its processes when cancelled', async ({
      signal,
    }) => {
      const thread = await open('falls', { model: options.otherModel });
      const stop = new AbortController();
      const left = thread.work(stop.signal);
      await untilHeld(holds.left, left, signal);
      expect(await starts(thread)).toEqual(['new', options.resumes]);
      stop.abort();
      await left;
      expect((await thread.state()).run?.status).toBe('running');

      const working = thread.work();
      await letGo(holds.left);
      await untilHeld(holds.told, working, signal);
      await postMessage(bench.context, { threadId: thread.threadId, text: '[[told]] now' });
      await letGo(holds.told);
      await untilHeld(holds.cancelled, working, signal);
      const { run, checkpoints } = await thread.state();
      const slow = run?.calls.find(({ call }) => JSON.stringify(call).includes('slow.svg'));
      expect(slow?.result).toMatchObject({ status: 'succeeded', artifacts: [{ path: 'slow.svg' }] });
      expect(run?.guidance).toMatchObject([{ delivered: true }]);
      const changed = checkpoints.flatMap(({ changes }) => changes.files.map(({ path }) => path));
      expect(changed).toEqual(expect.arrayContaining(['up.txt', 'slow.txt', 'slow.svg', 'guided.txt']));
      expect(await starts(thread)).toHaveLength(2);

      await cancelRun(bench.context, { threadId: thread.threadId });
      await working;
      expect((await thread.state()).run?.status).toBe('cancelled');
      expect(await programsIn(bench.home.overlays(thread.threadId))).toEqual([]);
    });
  });
}
