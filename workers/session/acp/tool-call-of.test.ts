import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallState } from '#lib/core/state.ts';
import { ToolCall } from '#lib/core/tool.ts';
import { callIdOf, findOpenCall, isSameCall } from './call-id.ts';
import type { ToolReport } from './session-update.ts';
import { explanationOf, resultOf, toolCallOf } from './tool-call-of.ts';

const tree = '/workspace';
const report = (part: Partial<ToolReport>): ToolReport => ({ toolCallId: 't1', ...part });

describe('a tool call', () => {
  test('that is too long to be kept whole is never taken for one that looks like it', () => {
    const around = (middle: string) => `${'x'.repeat(60_000)}${middle}${'x'.repeat(60_000)}`;
    const [one, other] = [' ; a ; ', ' ; b ; '].map((middle) => toolCallOf(report({ rawInput: { command: around(middle) } }), tree));
    expect(one).toMatchObject({ tool: 'agent_action', args: { kind: 'other' } });
    expect(isSameCall(one, other!)).toBe(false);
  });

  test('is said in words that name files as the project does', () => {
    expect(explanationOf(report({ title: '/workspace/src/a.py' }), '', tree)).toBe('src/a.py');
    expect(explanationOf(report({ title: 'Write' }), 'I write it', tree)).toBe('I write it');
    const locations = [{ path: `${tree}/src/a.py` }];
    expect(explanationOf(report({ title: 'Edit files', locations }), '', tree)).toBe('Edit files: src/a.py');
    expect(explanationOf(report({ title: 'Edit a.py', locations }), '', tree)).toBe('Edit a.py');
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

  test('shows of many long diffs only the first: to tell what changed in a thousand would hold up all runs', () => {
    const lines = (letter: string) => Array.from({ length: 1_500 }, (_, line) => `${letter}${line}`).join('\n');
    const diff = (path: string) => ({ type: 'diff' as const, path: `/workspace/${path}`, oldText: lines('x'), newText: lines('y') });
    const { input } = toolCallOf(report({ kind: 'edit', content: ['a', 'b', 'c'].map(diff) }), tree).args as { input: string };
    expect(input.match(/^\+\+\+ .*$/gm)).toEqual(['+++ a', '+++ b', '+++ c']);
    expect(input.match(/^\(3000 lines, sha-256: \w{64}\)$/gm)).toHaveLength(2);
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
    expect(resultOf(report({ status: 'completed', rawOutput: 'x\n(3)\n' }), /\((\d)\)\s*$/)).toMatchObject({
      status: 'failed',
      stdout: 'x\n',
      returncode: 3,
      error: null,
    });
    expect(resultOf(report({ status: 'in_progress' }))).toBeNull();
  });

  test('has one id however often it is heard, and another one when its name is used again', () => {
    expect(callIdOf('se_1', 't', 0)).toBe(callIdOf('se_1', 't', 0));
    expect(callIdOf('se_1', 't', 0)).toMatch(/^ca_[0-9a-z]{16}$/);
    expect(new Set([callIdOf('se_1', 't', 0), callIdOf('se_1', 't', 1), callIdOf('se_2', 't', 0)]).size).toBe(3);
    const calls = [3, 5].map((line, nth) => ({ callId: callIdOf('se_1', 't', line), status: nth ? 'running' : 'finished' }) as CallState);
    expect(findOpenCall(calls, 'se_1', 't', [3, 5])).toBe(calls[1]);
    expect(findOpenCall(calls, 'se_1', 't', [3, 4])).toBeUndefined();
  });
});
