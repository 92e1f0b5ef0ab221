import { expect, test } from 'vitest';
import type { PinnedAction } from '#lib/core/approval.ts';
import { summaryOf } from '#tests/builders/sample-threads.ts';
import { terminalStyle } from '../terminal.ts';
import { describeApproval } from './describe-approval.ts';

const plan = { approvalId: 'ap_1', kind: 'plan', reason: 'Nothing is kept yet.' } as const;
const action = { cwd: '.', network: false, baseCheckpointId: 'cp_0', hash: '' };

test.each([
  ['a plan that has not run, whether to carry it out', undefined, 'Carry out this plan?'],
  ['a dry run, whether to keep what it did', { commit: 'c1', changes: summaryOf() }, 'Keep what this dry run did?'],
])('asks of %s', (_, effect, question) => {
  expect(describeApproval({ ...plan, action: { ...action, effect } }, terminalStyle(false))[0]).toBe(`? ${question}`);
});

test.each<[string, PinnedAction['call'], string[]]>([
  ['a command with all its lines', { tool: 'run_command', args: { command: 'ls # look\nrm a', cwd: '.' } }, ['  $ ls # look', '  rm a']],
  [
    'a tool of a server with its input',
    { tool: 'mcp_call', args: { server: 'notes', name: 'write', input: { path: 'a\u202e.txt' } } },
    ['  call write of notes', '  {', '    "path": "a.txt"', '  }'],
  ],
  [
    'an act of an agent with what it said about it',
    { tool: 'agent_action', args: { name: 'Fetch', kind: 'fetch', paths: [], input: '{"url":"https://a.example"}' } },
    ['  fetch Fetch', '  {"url":"https://a.example"}'],
  ],
])('shows %s', (_, call, lines) => {
  const shown = describeApproval({ ...plan, kind: 'outside', action: { ...action, call } }, terminalStyle(false));
  expect(shown.slice(1, -1)).toEqual(lines);
});
