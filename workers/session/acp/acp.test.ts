import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallState } from '#lib/core/state.ts';
import { ToolCall } from '#lib/core/tool.ts';
import { readMessage, writeMessage } from './acp-message.ts';
import { callIdOf, findCall, isSameCall } from './call-id.ts';
import { createConversation } from './conversation.ts';
import { planCommands } from './plan-commands.ts';
import { createScribe } from './scribe.ts';
import { choose, readPermissionRequest, readUpdate, type ToolReport } from './session-update.ts';
import { resultOf, toolCallOf } from './tool-call-of.ts';

const tree = '/workspace';
const report = (part: Partial<ToolReport>): ToolReport => ({ toolCallId: 't1', ...part });
const chunk = (text: string, messageId: string | null = null) => ({
  sessionUpdate: 'agent_message_chunk' as const,
  content: { type: 'text' as const, text },
  messageId,
});

describe('a line of a program', () => {
  test('is heard only when it is JSON-RPC, whatever else it prints', () => {
    for (const garbage of ['', 'Warning: deprecated', '{', '[1]', '{"id":{}}', '{"jsonrpc":"2.0"}', 'null', '{"id":true,"result":1}'])
      expect(readMessage(garbage), garbage).toBeNull();
    fc.assert(fc.property(fc.string(), (line) => readMessage(line) === null || line.startsWith('{')));
  });

  test('is a request, a notification or an answer', () => {
    expect(readMessage(writeMessage({ id: 1, method: 'a', params: {} }))).toMatchObject({ kind: 'request', id: 1, method: 'a' });
    expect(readMessage(writeMessage({ method: 'a' }))).toMatchObject({ kind: 'notification', method: 'a' });
    expect(readMessage(writeMessage({ id: 'x', result: null }))).toMatchObject({ kind: 'response', id: 'x' });
    expect(readMessage(writeMessage({ id: 2, error: { code: -1, message: 'no' } }))).toMatchObject({ error: { message: 'no' } });
  });
});

describe('a conversation', () => {
  const line = (direction: 'in' | 'out' | 'end', message: object | string) => ({
    direction,
    text: typeof message === 'string' ? message : JSON.stringify(message),
  });

  test('knows from its lines alone what is asked and not answered, on both sides', () => {
    const conversation = createConversation();
    conversation.hear(line('in', { id: 7, method: 'session/prompt', params: { a: 1 } }));
    expect(conversation.hear(line('out', { id: 'q', method: 'session/request_permission', params: {} }))).toMatchObject({ kind: 'asked' });
    expect(conversation.unanswered()).toMatchObject([{ id: 7 }]);
    expect(conversation.open()).toMatchObject([{ id: 'q' }]);
    conversation.hear(line('in', { id: 'q', result: {} }));
    expect(conversation.hear(line('out', { id: 7, result: { stopReason: 'end_turn' } }))).toMatchObject({
      kind: 'answered',
      method: 'session/prompt',
    });
    expect([conversation.unanswered(), conversation.open()]).toEqual([[], []]);
    expect(conversation.request('x', {}).id).toBe(8);
  });

  test('hears a line of ours once, though it is heard when written and when logged', () => {
    const conversation = createConversation();
    const prompt = line('in', { id: 1, method: 'session/prompt', params: {} });
    conversation.hear(prompt);
    conversation.hear(line('out', { id: 1, result: {} }));
    conversation.hear(prompt);
    expect(conversation.unanswered()).toEqual([]);
    expect(conversation.sent('session/prompt')).toHaveLength(1);
  });

  test('gives no meaning to an answer that nobody waits for', () => {
    expect(createConversation().hear(line('out', { id: 99, result: {} }))).toBeNull();
    expect(createConversation().hear(line('end', 'gone'))).toEqual({ kind: 'ended', detail: 'gone' });
  });
});

describe('a scribe', () => {
  test('puts words together until something else happens, and says on which line they ended', () => {
    const scribe = createScribe();
    expect(scribe.hear(1, chunk('Hel'))).toEqual([{ type: 'typed', text: 'Hel' }]);
    scribe.hear(2, chunk('lo'));
    const acts = scribe.hear(5, { sessionUpdate: 'tool_call', toolCallId: 't', title: 'Read' });
    expect(acts[0]).toEqual({ type: 'said', text: 'Hello', line: 2 });
    expect(scribe.flush()).toEqual([]);
  });

  test('begins a new message where the agent names another one', () => {
    const scribe = createScribe();
    scribe.hear(1, chunk('one', 'a'));
    expect(scribe.hear(2, chunk('two', 'b'))[0]).toEqual({ type: 'said', text: 'one', line: 1 });
  });

  test('keeps what was said of a call when later reports name less, and gives it the thought before it', () => {
    const scribe = createScribe();
    scribe.hear(1, { sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'I must look.' } });
    scribe.hear(2, { sessionUpdate: 'tool_call', toolCallId: 't', title: 'ls', kind: 'execute', rawInput: { command: 'ls' } });
    const [act] = scribe.hear(3, { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed' });
    expect(act).toMatchObject({ type: 'reported', thought: 'I must look.', report: { title: 'ls', status: 'completed' } });
  });

  test('gathers the output of a terminal from its pieces', () => {
    const scribe = createScribe();
    const piece = (data: string) => ({
      sessionUpdate: 'tool_call_update' as const,
      toolCallId: 't',
      _meta: { terminal_output_delta: { data } },
    });
    scribe.hear(1, piece('a'));
    scribe.hear(2, piece('b'));
    const [act] = scribe.hear(3, { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed' });
    expect(act?.type === 'reported' && resultOf(act.report)).toMatchObject({ status: 'succeeded', stdout: 'ab' });
  });
});

describe('a tool call', () => {
  test('that is too long to be kept whole is never taken for one that looks like it', () => {
    const around = (middle: string) => `${'x'.repeat(60_000)}${middle}${'x'.repeat(60_000)}`;
    const [one, other] = [' ; a ; ', ' ; b ; '].map((middle) => toolCallOf(report({ rawInput: { command: around(middle) } }), tree));
    expect(one).toMatchObject({ tool: 'agent_action', args: { kind: 'other' } });
    expect(isSameCall(one, other!)).toBe(false);
  });

  test('that names a command is judged as that command, whatever kind the agent gives it', () => {
    expect(toolCallOf(report({ kind: 'read', title: 'Read it', rawInput: { command: 'rm -rf x', cwd: '/workspace/app' } }), tree)).toEqual({
      tool: 'run_command',
      args: { command: 'rm -rf x', cwd: 'app' },
    });
    expect(toolCallOf(report({ kind: 'execute', title: 'cat a' }), tree)).toMatchObject({ args: { command: 'cat a', cwd: '.' } });
    expect(toolCallOf(report({ rawInput: { command: ['sh', '-c', "echo 'a b'"] } }), tree)).toMatchObject({
      args: { command: `sh -c 'echo '\\''a b'\\'''` },
    });
  });

  test('of a server is no command, whatever its tool takes, and a command is one, whatever its name', () => {
    const rawInput = { command: 'ls' };
    expect(toolCallOf(report({ kind: 'other', title: 'mcp__ops__exec', rawInput }), tree)).toMatchObject({
      tool: 'agent_action',
      args: { kind: 'mcp', name: 'mcp__ops__exec', input: '{"command":"ls"}' },
    });
    const codex = report({ kind: 'execute', title: 'mcp.ops.exec', rawInput, _meta: { is_mcp_tool_call: true } });
    expect(toolCallOf(codex, tree)).toMatchObject({ tool: 'agent_action', args: { kind: 'mcp', name: 'mcp.ops.exec' } });
    const command = 'mcp_; rm -rf /';
    expect(toolCallOf(report({ kind: 'execute', title: command, rawInput: { command } }), tree)).toMatchObject({ args: { command } });
  });

  test('names its paths as the tree has them, and leaves others as they are', () => {
    const locations = [{ path: '/workspace/a.txt' }, { path: '/etc/passwd' }, { path: '/workspaces/b' }, { path: '/workspace/../etc' }];
    expect(toolCallOf(report({ kind: 'edit', name: 'Edit', locations }), tree)).toMatchObject({
      tool: 'agent_action',
      args: { kind: 'edit', paths: ['a.txt', '/etc/passwd', '/workspaces/b', '../etc'] },
    });
  });

  test('shows the diff that it makes', () => {
    const content = [{ type: 'diff' as const, path: '/workspace/a', oldText: 'x\n', newText: 'y\n' }];
    expect(toolCallOf(report({ kind: 'edit', content }), tree)).toMatchObject({
      args: { paths: ['a'], input: '--- a\n+++ a\n@@ -1,1 +1,1 @@\n-x\n+y\n' },
    });
  });

  test('of anything at all fits the ledger: no NUL, no lone surrogate, bounded', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary', maxLength: 50 }).map((text) => `\0\ud800${text}`.repeat(900)),
    );
    const anyReport = fc.record({
      toolCallId: fc.constant('t'),
      title: fc.option(wild),
      name: fc.option(wild),
      kind: fc.option(fc.constantFrom('execute', 'edit', 'read', 'whatever')),
      status: fc.constantFrom('completed', 'failed'),
      rawInput: fc.oneof(fc.record({ command: wild }), fc.json(), fc.constant(null)),
      rawOutput: fc.oneof(wild, fc.record({ output: wild })),
      content: fc.array(fc.record({ type: fc.constant('diff' as const), path: wild, oldText: fc.option(wild), newText: wild }), {
        maxLength: 3,
      }),
      locations: fc.array(fc.record({ path: wild }), { maxLength: 120 }),
    });
    fc.assert(
      fc.property(anyReport, (value) => {
        const call = toolCallOf(value as ToolReport, tree);
        expect(ToolCall.safeParse(call).success).toBe(true);
        for (const text of [JSON.stringify(call), JSON.stringify(resultOf(value as ToolReport))]) {
          expect(text).not.toMatch(/\\u0000|\\ud8/);
          expect(text.length).toBeLessThan(800_000);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('that names more paths than are kept is one that nobody can judge', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ path: `${tree}/${index}` }));
    const kindOf = (count: number) => (toolCallOf(report({ kind: 'edit', locations: many(count) }), tree).args as { kind: string }).kind;
    expect([kindOf(100), kindOf(101)]).toEqual(['edit', 'other']);
  });

  test('failed when its command did, though the agent says that it is completed', () => {
    expect(resultOf(report({ status: 'completed', rawOutput: { output: 'x', metadata: { exit: 3 } } }))).toMatchObject({
      status: 'failed',
      returncode: 3,
    });
    expect(resultOf(report({ status: 'in_progress' }))).toBeNull();
  });

  test('has one id however often it is heard, and another one when its name is used again', () => {
    expect(callIdOf('se_1', 't', 0)).toBe(callIdOf('se_1', 't', 0));
    expect(callIdOf('se_1', 't', 0)).toMatch(/^ca_[0-9a-z]{16}$/);
    expect(new Set([callIdOf('se_1', 't', 0), callIdOf('se_1', 't', 1), callIdOf('se_2', 't', 0)]).size).toBe(3);
    expect(findCall([], 'se_1', 't')).toEqual({ open: null, count: 0 });
    const used = Array.from({ length: 150 }, (_, nth) => ({ callId: callIdOf('se_1', 't', nth), status: 'finished' }) as CallState);
    expect(findCall(used, 'se_1', 't')).toEqual({ open: null, count: 150 });
  });
});

describe('a permission', () => {
  const request = (...kinds: string[]) =>
    readPermissionRequest({ toolCall: { toolCallId: 't' }, options: kinds.map((kind) => ({ optionId: kind, kind })) });

  test('is given or refused once, never for always', () => {
    const asked = request('allow_always', 'allow_once', 'reject_once', 'reject_always');
    expect(asked && choose(asked, 'allow')).toEqual({ outcome: { outcome: 'selected', optionId: 'allow_once' } });
    expect(asked && choose(asked, 'reject')).toEqual({ outcome: { outcome: 'selected', optionId: 'reject_once' } });
    const always = request('allow_always');
    expect(always && choose(always, 'allow')).toEqual({ outcome: { outcome: 'cancelled' } });
  });

  test('that is none is not read', () => {
    for (const params of [null, {}, { options: [] }, { toolCall: {}, options: [] }]) expect(readPermissionRequest(params)).toBeNull();
    expect(readUpdate({ update: { sessionUpdate: 'unheard of' } })).toBeNull();
  });
});

describe("the agent's own list", () => {
  const entry = (content: string, status: 'pending' | 'in_progress' | 'completed' = 'pending') => ({ content, status });
  const run = { runId: 'ru_1', steps: [] };

  test('becomes the plan, and how far it is follows', () => {
    const commands = planCommands(run, [entry('Look', 'completed'), entry('Change', 'in_progress'), entry('Test')]);
    expect(commands.map(({ type }) => type)).toEqual(['propose-plan', 'finish-step', 'start-step']);
  });

  test('is no new plan while it says the same', () => {
    const [first] = planCommands(run, [entry('Look'), entry('Look')]);
    const steps = first?.type === 'propose-plan' ? first.steps : [];
    expect(new Set(steps.map(({ step_id }) => step_id)).size).toBe(2);
    const known = steps.map((step) => ({ ...step, status: 'pending' as const, note: '', attempts: 0, marks: [] }));
    expect(planCommands({ ...run, steps: known }, [entry('Look', 'in_progress'), entry('Look')]).map(({ type }) => type)).toEqual([
      'start-step',
    ]);
  });
});
