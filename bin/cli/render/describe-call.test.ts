import { expect, test } from 'vitest';
import type { ToolCall } from '#lib/core/tool.ts';
import { refusalWords } from '#lib/core/words/refusal-words.ts';
import { resultOf } from '#tests/builders/sample-threads.ts';
import { type Style, terminalStyle } from '../terminal.ts';
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

test('what a person said no to is no failure of the call, and not said in the third person', () => {
  const seen: Style = { ...style, red: (text) => `red ${text}`, dim: (text) => `dim ${text}` };
  const ended = (error: string) => describeResult({ ...resultOf({ status: 'rejected' }), returncode: null, stdout: '', error }, seen);
  expect(ended(refusalWords('reject', 'too many'))).toEqual(['dim – rejected']);
  expect(ended('Not run in the dry run.')).toEqual(['dim – rejected: Not run in the dry run.']);
  expect(describeResult({ ...resultOf({ status: 'failed' }), returncode: 1, stdout: '', error: null }, seen)).toEqual([
    'red ✗ failed, exit code 1',
  ]);
});
