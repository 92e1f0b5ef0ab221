import { expect, test } from 'vitest';
import type { ToolCall } from '#lib/core/tool.ts';
import { resultOf } from '#tests/builders/sample-threads.ts';
import { terminalStyle } from '../terminal.ts';
import { describeCall, describeResult } from './describe-call.ts';

const style = terminalStyle(false);
const edit: ToolCall = { tool: 'agent_action', args: { name: 'Write', kind: 'edit', paths: ['a.py'], input: '' } };
const read: ToolCall = { tool: 'agent_action', args: { ...edit.args, kind: 'read' } };

test('what an agent is told of its edit is left out, unless the edit failed', () => {
  const stdout = 'File created at /workspace/a.py';
  expect(describeResult(resultOf({ stdout, duration_ms: 200 }), style, edit)).toEqual(['✓ 0.2 s']);
  expect(describeResult(resultOf({ stdout, duration_ms: 200 }), style, read)).toEqual([`│ ${stdout}`, '✓ 0.2 s']);
  expect(describeResult(resultOf({ stdout: 'No such text', status: 'failed' }), style, edit)[0]).toBe('│ No such text');
});

test('what an agent has to do with a helper of its own is a sentence', () => {
  const start: ToolCall = { tool: 'agent_action', args: { name: 'Start subagent painter', kind: 'other', paths: [], input: '' } };
  expect(describeCall(start)).toBe('start the sub-agent painter');
  expect(describeCall(read)).toBe('read a.py');
});
