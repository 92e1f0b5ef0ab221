import { describe, expect, it } from 'vitest';
import { resultOf } from '#tests/builders/sample-threads.ts';
import { describeBody, describeCall, describeResult, hasFailed } from './describe-call.ts';

describe('a call in one line', () => {
  it('changes its tense when it is done, or was not', () => {
    const call = { tool: 'run_command' as const, args: { command: 'npm test', cwd: '.' } };
    expect(describeCall(call, 'doing')).toEqual({ verb: 'Running', object: 'npm test', code: true });
    expect(describeCall(call, 'done').verb).toBe('Ran');
    expect(describeCall(call, 'wanted').verb).toBe('Run');
  });

  it('says what an agent has to do with a helper of its own as a sentence', () => {
    const act = (name: string) => ({ tool: 'agent_action' as const, args: { name, kind: 'other' as const, paths: [], input: '' } });
    expect(describeCall(act('Start subagent painter'), 'done')).toEqual({ verb: 'Started the sub-agent', object: 'painter', code: true });
    expect(describeCall(act('Complete subagent painter'), 'doing').verb).toBe('Hearing from the sub-agent');
    expect(describeCall(act('wait'), 'done')).toMatchObject({ verb: 'Used', object: 'wait' });
  });

  it('says how it ended and leaves out what is too short to matter', () => {
    expect(describeResult('run_command', resultOf({ returncode: 0, duration_ms: 1_204 }))).toBe('exit 0 · 1.2 s');
    expect(describeResult('read_file', resultOf({ returncode: 0, duration_ms: 182 }))).toBe('182 ms');
    expect(describeResult('edit_file', resultOf({ status: 'failed', returncode: 2, duration_ms: 20 }))).toBe('failed · exit 2');
    expect(describeResult('read_file', resultOf())).toBe('');
  });

  it('shows an edit as what goes and what comes', () => {
    const edit = { tool: 'edit_file' as const, args: { path: 'a', find: 'one\ntwo', replace: 'three', all: true } };
    expect(describeBody(edit)?.text).toBe('- one\n- two\n+ three');
  });
});

it('that was turned down has not failed', () => {
  expect((['succeeded', 'rejected', 'failed', 'denied', 'timed-out'] as const).map((status) => hasFailed({ status }))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});
